package dev.geotherm.anchors.store;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import java.time.Duration;

/**
 * Settings of the anchor store in memory.
 *
 * @param maxAge the age, counted from its creation, beyond which an anchor is evicted
 * @param consolidation the cosine from which on a fragment reinforces an anchor rather than to create one
 * @param evictionHeat the heat below which an anchor is evicted
 * @param initialHeat the heat of a new anchor
 * @param heatStep how much heat a reinforcement adds
 * @param embeddingWeight how far a reinforcement moves the anchor's embedding towards the fragment's
 * @param decayRate the part of its heat that an anchor keeps over a day
 * @param decayFloor the part of its heat that an anchor keeps at least when it decays, however much time passed
 * @param scrub whether personal data are taken out of texts
 * @param keepUtterances how many of the first utterances of an anchor are kept
 * @param keepHistory how many of its last reinforcements are kept
 * @param trackEmbeddings whether embeddings are part of the tracked state
 */
public record MemoryAnchorsSettings(
        @Setting(defaultValue = "30d", description = "Age since its creation beyond which an anchor is evicted.")
        Duration maxAge,

        @Setting(
                defaultValue = "0.8",
                description = "Cosine from which on a fragment reinforces an anchor rather than to create one.")
        double consolidation,

        @Setting(defaultValue = "0.1", description = "Heat below which an anchor is evicted, 0 to 1.")
        double evictionHeat,

        @Setting(defaultValue = "0.2", description = "Heat of a new anchor, 0 to 1.")
        double initialHeat,

        @Setting(defaultValue = "0.1", description = "How much heat a reinforcement adds, 0 to 1.")
        double heatStep,

        @Setting(
                defaultValue = "0.3",
                description = "How far a reinforcement moves an anchor's embedding towards the fragment's, 0 to 1.")
        double embeddingWeight,

        @Setting(defaultValue = "0.95", description = "Part of its heat that an anchor keeps over a day, above 0 to 1.")
        double decayRate,

        @Setting(defaultValue = "0.1", description = "Part of its heat that a decay leaves at least, 0 to 1.")
        double decayFloor,

        @Setting(defaultValue = "true", description = "Whether personal data are taken out of texts.")
        boolean scrub,

        @Setting(defaultValue = "100", description = "How many of the first utterances of an anchor are kept.")
        int keepUtterances,

        @Setting(defaultValue = "10", description = "How many of the last reinforcements of an anchor are kept.")
        int keepHistory,

        @Setting(defaultValue = "false", description = "Whether embeddings are part of the tracked state.")
        boolean trackEmbeddings) {

    /** Checks the bounds. */
    public MemoryAnchorsSettings {
        Problems problems = new Problems();
        problems.require(maxAge.compareTo(Duration.ZERO) > 0, "maxAge", "must be positive, was %s", maxAge)
                .require(
                        consolidation > 0 && consolidation <= 1,
                        "consolidation",
                        "must be above 0 and at most 1, was %s",
                        consolidation)
                .require(
                        decayRate > 0 && decayRate <= 1,
                        "decayRate",
                        "must be above 0 and at most 1, was %s",
                        decayRate)
                .require(keepUtterances >= 0, "keepUtterances", "must be at least 0, was %s", keepUtterances)
                .require(keepHistory >= 0, "keepHistory", "must be at least 0, was %s", keepHistory);
        requirePart(problems, "evictionHeat", evictionHeat);
        requirePart(problems, "initialHeat", initialHeat);
        requirePart(problems, "heatStep", heatStep);
        requirePart(problems, "embeddingWeight", embeddingWeight);
        requirePart(problems, "decayFloor", decayFloor);
        problems.throwIfAny();
    }

    private static void requirePart(Problems problems, String name, double value) {
        problems.require(value >= 0 && value <= 1, name, "must be from 0 to 1, was %s", value);
    }
}
