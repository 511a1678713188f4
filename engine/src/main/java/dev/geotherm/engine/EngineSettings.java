package dev.geotherm.engine;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Embedder;
import java.time.Duration;

/**
 * The settings of {@link Knowledge} for scheduled upkeep, commits and chunks. An interval of 0 disables its task.
 *
 * @param anchorInterval the time between two runs of anchor upkeep: decay, eviction, and a commit, which also trims the
 *     history of the state to its bounds
 * @param refreshInterval the time between two refreshes of the retriever
 * @param commitInterval the time after which an ingestion commits
 * @param commitDocuments the number of documents after which an ingestion commits, at least 1
 * @param chunkCharacters the maximum number of characters of a chunk
 * @param chunkTokens the maximum number of tokens of a chunk with its title; 0 for no limit
 * @param chunkOverlap the maximum number of characters that a chunk repeats from the previous one, or of tokens if they are
 *     limited
 */
public record EngineSettings(
        @Setting(
                defaultValue = "1h",
                description = "How often anchors decay and old and cold ones are evicted; 0 for never.")
        Duration anchorInterval,

        @Setting(
                defaultValue = "1m",
                description = "How often new passages become searchable while documents are ingested; 0 for never.")
        Duration refreshInterval,

        @Setting(
                defaultValue = "15s",
                description =
                        "How often an ingestion commits; after a crash it continues from there. 0 for only at its end.")
        Duration commitInterval,

        @Setting(defaultValue = "20000", description = "Number of documents after which an ingestion commits.")
        int commitDocuments,

        @Setting(
                defaultValue = "2000",
                description =
                        "Maximum number of characters of a chunk, 100 to 1000000; chunks end with sentences if possible.")
        int chunkCharacters,

        @Setting(
                defaultValue = "0",
                description =
                        "Maximum size of a chunk with its title, in tokens of the embedder, at least 16; 0 for no token"
                                + " limit.")
        int chunkTokens,

        @Setting(
                defaultValue = "0",
                description =
                        "Maximum overlap of a chunk with the previous one, in characters, or in tokens if chunkTokens is"
                                + " set; whole sentences or words, at most half of a chunk.")
        int chunkOverlap) {

    /** Validates the bounds. */
    public EngineSettings {
        new Problems()
                .require(!anchorInterval.isNegative(), "anchorInterval", "must be at least 0, was %s", anchorInterval)
                .require(
                        !refreshInterval.isNegative(), "refreshInterval", "must be at least 0, was %s", refreshInterval)
                .require(!commitInterval.isNegative(), "commitInterval", "must be at least 0, was %s", commitInterval)
                .require(commitDocuments >= 1, "commitDocuments", "must be at least 1, was %s", commitDocuments)
                .require(
                        chunkCharacters >= 100 && chunkCharacters <= 1_000_000,
                        "chunkCharacters",
                        "must be from 100 to 1000000, was %s",
                        chunkCharacters)
                .require(
                        chunkTokens == 0 || (chunkTokens >= 16 && chunkTokens <= 1_000_000),
                        "chunkTokens",
                        "must be 0 or from 16 to 1000000, was %s",
                        chunkTokens)
                .require(
                        chunkOverlap >= 0 && chunkOverlap <= (chunkTokens == 0 ? chunkCharacters : chunkTokens) / 2,
                        "chunkOverlap",
                        "must be from 0 to half of %s, was %s",
                        chunkTokens == 0 ? "chunkCharacters" : "chunkTokens",
                        chunkOverlap)
                .throwIfAny();
    }

    /** Returns the default settings. */
    public static EngineSettings defaults() {
        return Settings.defaults(EngineSettings.class);
    }

    /** Returns the splitter. If tokens are limited, it counts them with the embedder. */
    Splitter splitter(Embedder embedder) {
        return chunkTokens == 0
                ? new Splitter(chunkCharacters, chunkOverlap)
                : new Splitter(chunkCharacters, 0, new TokenLimit(chunkTokens, chunkOverlap, embedder::tokenStarts));
    }

    /** Returns these settings with other upkeep intervals. */
    public EngineSettings withUpkeep(Duration newAnchorInterval, Duration newRefreshInterval) {
        return new EngineSettings(
                newAnchorInterval,
                newRefreshInterval,
                commitInterval,
                commitDocuments,
                chunkCharacters,
                chunkTokens,
                chunkOverlap);
    }
}
