package dev.geotherm.anchors.store;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import java.time.Duration;

/**
 * The settings of the anchor store {@code memory}.
 *
 * @param maxAge the age beyond which an anchor is evicted, measured from its first passage
 * @param maxAnchors the capacity: the number of anchors beyond which the anchors nearest to expiry are evicted; 0 for no
 *     limit
 * @param consolidation the consolidation threshold: the minimum cosine at which two passages can share an anchor
 * @param evictionHeat the heat below which an anchor is evicted
 * @param initialHeat the heat that an anchor gets from its first passage
 * @param heatStep the heat that each later passage adds
 * @param decayRate the fraction of its heat that an anchor keeps per day
 * @param scrubbing the settings for the removal of personal data from texts
 * @param keepUtterances the maximum number of passage ids shown for an anchor, the first ones in order
 * @param keepHistory the maximum number of reinforcements shown for an anchor, the latest ones
 * @param trackEmbeddings whether the tracked state contains embeddings
 */
public record MemoryAnchorsSettings(
        @Setting(
                defaultValue = "30d",
                description = "Age beyond which an anchor is evicted, measured from its first passage.")
        Duration maxAge,

        @Setting(
                defaultValue = "0",
                description = "Number of anchors beyond which the oldest and coldest are evicted; 0 for no limit.")
        int maxAnchors,

        @Setting(
                defaultValue = "0.8",
                description = "Lowest cosine at which two passages can share an anchor, above 0 to 1.")
        double consolidation,

        @Setting(defaultValue = "0.1", description = "Heat below which an anchor is evicted, 0 to 1.")
        double evictionHeat,

        @Setting(defaultValue = "0.2", description = "Initial heat of an anchor, 0 to 1.")
        double initialHeat,

        @Setting(defaultValue = "0.1", description = "Heat that each later passage adds, 0 to 1.")
        double heatStep,

        @Setting(
                defaultValue = "0.95",
                description = "Fraction of its heat that an anchor keeps over a day, above 0 to 1.")
        double decayRate,

        ScrubSettings scrubbing,

        @Setting(
                defaultValue = "100",
                description = "Number of passage ids shown for an anchor, the first ones in their order.")
        int keepUtterances,

        @Setting(defaultValue = "10", description = "Number of reinforcements shown for an anchor, the last ones.")
        int keepHistory,

        @Setting(defaultValue = "false", description = "Whether the tracked state contains embeddings.")
        boolean trackEmbeddings) {

    /** Validates the bounds. */
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
                .require(maxAnchors >= 0, "maxAnchors", "must be at least 0, was %s", maxAnchors)
                .require(keepUtterances >= 0, "keepUtterances", "must be at least 0, was %s", keepUtterances)
                .require(keepHistory >= 0, "keepHistory", "must be at least 0, was %s", keepHistory);
        requireFraction(problems, "evictionHeat", evictionHeat);
        requireFraction(problems, "initialHeat", initialHeat);
        requireFraction(problems, "heatStep", heatStep);
        problems.throwIfAny();
    }

    private static void requireFraction(Problems problems, String name, double value) {
        problems.require(value >= 0 && value <= 1, name, "must be from 0 to 1, was %s", value);
    }
}
