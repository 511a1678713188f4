package dev.geotherm.testkit.anchor;

import java.time.Duration;

/**
 * The settings of a store in a clause of {@link AnchorStoreContract}.
 *
 * @param maxAge the age beyond which anchors are evicted
 * @param maxAnchors the number of anchors beyond which some are evicted; 0 for no limit
 * @param consolidation the minimum cosine at which two passages can share an anchor
 * @param evictionHeat the heat below which anchors are evicted
 * @param initialHeat the heat that an anchor gets from its first passage
 * @param heatStep the heat that each later passage adds
 * @param decayRate the fraction of its heat that an anchor keeps per day
 * @param scrub whether personal data is removed from texts
 * @param keepUtterances the maximum number of passage ids shown for an anchor, the first ones in order
 * @param keepHistory the maximum number of reinforcements shown for an anchor, the latest ones
 */
public record AnchorStoreSettings(
        Duration maxAge,
        int maxAnchors,
        double consolidation,
        double evictionHeat,
        double initialHeat,
        double heatStep,
        double decayRate,
        boolean scrub,
        int keepUtterances,
        int keepHistory) {

    /** The settings of most clauses. */
    static final AnchorStoreSettings USUAL =
            new AnchorStoreSettings(Duration.ofDays(30), 0, 0.8, 0.05, 0.2, 0.1, 0.5, true, 3, 2);

    AnchorStoreSettings withCapacity(int anchors) {
        return new AnchorStoreSettings(
                maxAge,
                anchors,
                consolidation,
                evictionHeat,
                initialHeat,
                heatStep,
                decayRate,
                scrub,
                keepUtterances,
                keepHistory);
    }

    AnchorStoreSettings withConsolidation(double cosine) {
        return new AnchorStoreSettings(
                maxAge,
                maxAnchors,
                cosine,
                evictionHeat,
                initialHeat,
                heatStep,
                decayRate,
                scrub,
                keepUtterances,
                keepHistory);
    }

    AnchorStoreSettings withEvictionHeat(double heat) {
        return new AnchorStoreSettings(
                maxAge,
                maxAnchors,
                consolidation,
                heat,
                initialHeat,
                heatStep,
                decayRate,
                scrub,
                keepUtterances,
                keepHistory);
    }

    AnchorStoreSettings withoutScrubbing() {
        return new AnchorStoreSettings(
                maxAge,
                maxAnchors,
                consolidation,
                evictionHeat,
                initialHeat,
                heatStep,
                decayRate,
                false,
                keepUtterances,
                keepHistory);
    }
}
