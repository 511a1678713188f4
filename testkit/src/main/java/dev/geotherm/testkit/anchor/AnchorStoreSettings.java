package dev.geotherm.testkit.anchor;

import java.time.Duration;

/**
 * The settings of a store in a clause of {@link AnchorStoreContract}.
 *
 * @param maxAge the age beyond which anchors are evicted
 * @param consolidation the lowest cosine at which a fragment reinforces an anchor
 * @param evictionHeat the heat below which anchors are evicted
 * @param initialHeat the heat of a new anchor
 * @param heatStep the heat that a reinforcement adds
 * @param embeddingWeight the weight of the fragment's embedding when a reinforcement moves the anchor's
 * @param decayRate the fraction of its heat that an anchor keeps over a day
 * @param decayFloor the fraction of its heat that an anchor keeps at least in one decay
 * @param scrub whether personal data is removed from texts
 * @param keepUtterances the number of fragment ids kept for an anchor, the first ones
 * @param keepHistory the number of reinforcements kept for an anchor, the last ones
 */
public record AnchorStoreSettings(
        Duration maxAge,
        double consolidation,
        double evictionHeat,
        double initialHeat,
        double heatStep,
        double embeddingWeight,
        double decayRate,
        double decayFloor,
        boolean scrub,
        int keepUtterances,
        int keepHistory) {

    /** The settings of most clauses. */
    static final AnchorStoreSettings USUAL =
            new AnchorStoreSettings(Duration.ofDays(30), 0.8, 0.05, 0.2, 0.1, 0.3, 0.5, 0.01, true, 3, 2);

    AnchorStoreSettings withConsolidation(double cosine) {
        return new AnchorStoreSettings(
                maxAge,
                cosine,
                evictionHeat,
                initialHeat,
                heatStep,
                embeddingWeight,
                decayRate,
                decayFloor,
                scrub,
                keepUtterances,
                keepHistory);
    }

    AnchorStoreSettings withFloor(double floor) {
        return new AnchorStoreSettings(
                maxAge,
                consolidation,
                evictionHeat,
                initialHeat,
                heatStep,
                embeddingWeight,
                decayRate,
                floor,
                scrub,
                keepUtterances,
                keepHistory);
    }

    AnchorStoreSettings withoutScrubbing() {
        return new AnchorStoreSettings(
                maxAge,
                consolidation,
                evictionHeat,
                initialHeat,
                heatStep,
                embeddingWeight,
                decayRate,
                decayFloor,
                false,
                keepUtterances,
                keepHistory);
    }
}
