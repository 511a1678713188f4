package dev.geotherm.anchors.store;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import java.time.Duration;

/**
 * The settings of the anchor store {@code memory}.
 *
 * @param maxAge the age beyond which an anchor is evicted, counted from its creation
 * @param consolidation the consolidation threshold: the lowest cosine at which a fragment reinforces the nearest anchor
 *     instead of creating one
 * @param evictionHeat the heat below which an anchor is evicted
 * @param initialHeat the heat of a new anchor
 * @param heatStep the heat that a reinforcement adds
 * @param embeddingWeight the weight of the fragment's embedding when a reinforcement moves the anchor's
 * @param decayRate the fraction of its heat that an anchor keeps over a day
 * @param decayFloor the fraction of its heat that an anchor keeps at least in one decay, however much time has passed
 * @param scrub whether personal data is removed from texts
 * @param keepUtterances the number of fragment ids kept for an anchor, the first ones
 * @param keepHistory the number of reinforcements kept for an anchor, the last ones
 * @param trackEmbeddings whether the tracked state contains embeddings
 */
public record MemoryAnchorsSettings(
        @Setting(
                defaultValue = "30d",
                description = "Age beyond which an anchor is evicted, counted from its creation.")
        Duration maxAge,

        @Setting(
                defaultValue = "0.8",
                description =
                        "Lowest cosine at which a fragment reinforces the nearest anchor instead of creating one.")
        double consolidation,

        @Setting(defaultValue = "0.1", description = "Heat below which an anchor is evicted, 0 to 1.")
        double evictionHeat,

        @Setting(defaultValue = "0.2", description = "Heat of a new anchor, 0 to 1.")
        double initialHeat,

        @Setting(defaultValue = "0.1", description = "Heat that a reinforcement adds, 0 to 1.")
        double heatStep,

        @Setting(
                defaultValue = "0.3",
                description = "Weight of the fragment's embedding when a reinforcement moves the anchor's, 0 to 1.")
        double embeddingWeight,

        @Setting(
                defaultValue = "0.95",
                description = "Fraction of its heat that an anchor keeps over a day, above 0 to 1.")
        double decayRate,

        @Setting(
                defaultValue = "0.1",
                description = "Fraction of its heat that an anchor keeps at least in one decay, 0 to 1.")
        double decayFloor,

        @Setting(defaultValue = "true", description = "Whether personal data is removed from texts.")
        boolean scrub,

        @Setting(defaultValue = "100", description = "Number of fragment ids kept for an anchor, the first ones.")
        int keepUtterances,

        @Setting(defaultValue = "10", description = "Number of reinforcements kept for an anchor, the last ones.")
        int keepHistory,

        @Setting(defaultValue = "false", description = "Whether the tracked state contains embeddings.")
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
        requireFraction(problems, "evictionHeat", evictionHeat);
        requireFraction(problems, "initialHeat", initialHeat);
        requireFraction(problems, "heatStep", heatStep);
        requireFraction(problems, "embeddingWeight", embeddingWeight);
        requireFraction(problems, "decayFloor", decayFloor);
        problems.throwIfAny();
    }

    private static void requireFraction(Problems problems, String name, double value) {
        problems.require(value >= 0 && value <= 1, name, "must be from 0 to 1, was %s", value);
    }
}
