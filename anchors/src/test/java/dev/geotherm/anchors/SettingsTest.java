package dev.geotherm.anchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.anchors.embedding.HashingEmbedderSettings;
import dev.geotherm.anchors.retrieval.CompositeSettings;
import dev.geotherm.anchors.retrieval.GraphSettings;
import dev.geotherm.anchors.retrieval.LuceneIndexesSettings;
import dev.geotherm.anchors.store.MemoryAnchorsSettings;
import dev.geotherm.anchors.store.ScrubSettings;
import dev.geotherm.api.DataSize;
import dev.geotherm.api.Secret;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {

    @Test
    void defaults_areAsDocumented() {
        assertThat(Settings.defaults(HashingEmbedderSettings.class)).isEqualTo(new HashingEmbedderSettings(256));
        assertThat(Settings.defaults(MemoryAnchorsSettings.class))
                .isEqualTo(new MemoryAnchorsSettings(
                        Duration.ofDays(30),
                        0,
                        0.8,
                        0.1,
                        0.2,
                        0.1,
                        0.95,
                        new ScrubSettings(true, List.of("built-in"), List.of(), List.of(), Secret.of(""), ""),
                        100,
                        10,
                        false));
        assertThat(Settings.defaults(LuceneIndexesSettings.class))
                .isEqualTo(new LuceneIndexesSettings(
                        50,
                        false,
                        false,
                        new DataSize(0),
                        DataSize.parse("256MiB"),
                        0.9,
                        0.4,
                        0.9,
                        60,
                        "auto",
                        true,
                        new CompositeSettings(
                                List.of("lexical=0.6", "similarity=0.3", "time=0.1"), Duration.ofDays(30)),
                        new GraphSettings(200_000, 100, 200, 16, 100)));
    }

    @Test
    void of_readsEverySetting() {
        assertThat(Settings.of(HashingEmbedderSettings.class, Map.of("dimension", "64")))
                .isEqualTo(new HashingEmbedderSettings(64));
        ScrubSettings scrubbing = new ScrubSettings(
                false,
                List.of("email", "badge"),
                List.of("badge.prefix=B"),
                List.of("email=drop"),
                Secret.of("0123456789abcdef"),
                "key.txt");
        MemoryAnchorsSettings anchors =
                new MemoryAnchorsSettings(Duration.ofHours(5), 9, 0.7, 0.2, 0.3, 0.4, 0.6, scrubbing, 1, 2, true);
        assertThat(Settings.of(MemoryAnchorsSettings.class, Settings.toTexts(anchors)))
                .isEqualTo(anchors);
        LuceneIndexesSettings retrieval = new LuceneIndexesSettings(
                7,
                true,
                true,
                new DataSize(64),
                new DataSize(128),
                1.2,
                0.75,
                0.5,
                10,
                "de",
                false,
                new CompositeSettings(List.of("lexical=1.0"), Duration.ofHours(3)),
                new GraphSettings(9, 8, 5, 7, 6));
        assertThat(Settings.of(LuceneIndexesSettings.class, Settings.toTexts(retrieval)))
                .isEqualTo(retrieval);
    }

    @ParameterizedTest
    @CsvSource({"dimension,7", "dimension,65537"})
    void hashingEmbedder_invalidIsRefused(String name, String value) {
        refused(HashingEmbedderSettings.class, name, value);
    }

    @ParameterizedTest
    @CsvSource({
        "maxAge,0s",
        "maxAnchors,-1",
        "consolidation,0",
        "consolidation,1.1",
        "consolidation,NaN",
        "evictionHeat,-0.1",
        "initialHeat,1.1",
        "heatStep,2",
        "decayRate,0",
        "decayRate,1.1",
        "keepUtterances,-1",
        "keepHistory,-1"
    })
    void memoryAnchors_invalidIsRefused(String name, String value) {
        refused(MemoryAnchorsSettings.class, name, value);
    }

    @ParameterizedTest
    @CsvSource({
        "batchSize,0",
        "k1,-0.1",
        "k1,Infinity",
        "b,1.1",
        "lexicalWeight,-0.1",
        "lexicalWeight,1.1",
        "rrfK,-1",
        "language,xx",
        "graphFrom,-1",
        "graphCandidates,0",
        "graphCost,-1",
        "graphDegree,1",
        "graphDegree,513",
        "graphBeam,0",
        "graphBeam,3201",
        "recencyHalfLife,0s",
        "weights,lexical",
        "weights,time=1",
        "weights,provenance=1",
        "weights,lexical=-1"
    })
    void luceneIndexes_invalidIsRefused(String name, String value) {
        refused(LuceneIndexesSettings.class, name, value);
    }

    private static void refused(Class<? extends Record> type, String name, String value) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.of(type, Map.of(name, value)))
                .withMessageContaining(name);
    }
}
