package dev.geotherm.testkit.anchor;

import java.time.Duration;

/**
 * The settings that a clause of {@link AnchorStoreContract} needs.
 *
 * @param maxAge the age beyond which anchors are evicted
 * @param consolidation the cosine from which on an anchor is reinforced
 * @param evictionHeat the heat below which anchors are evicted
 * @param initialHeat the heat of a new anchor
 * @param heatStep how much a reinforcement adds
 * @param embeddingWeight the weight of the fragment's embedding when an anchor's moves
 * @param decayRate the part of the heat that a day leaves
 * @param decayFloor the part of its heat that an anchor keeps at least when it decays
 * @param scrub whether texts are scrubbed
 * @param keepUtterances how many of the first utterances are kept
 * @param keepHistory how many of the last reinforcements are kept
 */
public record AnchorRules(
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

    /** What most clauses use. */
    static final AnchorRules USUAL =
            new AnchorRules(Duration.ofDays(30), 0.8, 0.05, 0.2, 0.1, 0.3, 0.5, 0.01, true, 3, 2);

    AnchorRules withConsolidation(double cosine) {
        return new AnchorRules(
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

    AnchorRules withFloor(double floor) {
        return new AnchorRules(
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

    AnchorRules withoutScrubbing() {
        return new AnchorRules(
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
