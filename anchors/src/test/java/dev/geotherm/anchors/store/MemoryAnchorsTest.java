package dev.geotherm.anchors.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.StandaloneContext;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.pool.StripedPoolsFactory;
import dev.geotherm.pool.StripedPoolsSettings;
import dev.geotherm.testkit.SettableClock;
import dev.geotherm.testkit.anchor.AnchorRules;
import dev.geotherm.testkit.anchor.AnchorStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class MemoryAnchorsTest extends AnchorStoreContract {

    @Override
    protected AnchorStore open(AnchorRules rules, ComponentContext context) {
        return new MemoryAnchors(
                new MemoryAnchorsSettings(
                        rules.maxAge(),
                        rules.consolidation(),
                        rules.evictionHeat(),
                        rules.initialHeat(),
                        rules.heatStep(),
                        rules.embeddingWeight(),
                        rules.decayRate(),
                        rules.decayFloor(),
                        rules.scrub(),
                        rules.keepUtterances(),
                        rules.keepHistory(),
                        false),
                context);
    }

    @Override
    protected ObjectPools openPools() {
        return pools("pool");
    }

    @Override
    protected StateDiffer openDiffer() {
        return differ("differ");
    }

    private static StateDiffer differ(String instance) {
        return new TreeDiffer(Settings.defaults(TreeDifferSettings.class), ComponentContext.standalone(instance));
    }

    private static ObjectPools pools(String instance) {
        return new StripedPoolsFactory()
                .create(Settings.defaults(StripedPoolsSettings.class), ComponentContext.standalone(instance));
    }

    @Nested
    final class OfItsOwn {
        private final ObjectPools pools = pools("own-pool");
        private final StateDiffer differ = differ("own-differ");
        private final StandaloneContext context = ComponentContext.standalone("own")
                .with(ObjectPools.class, pools)
                .with(StateDiffer.class, differ);

        @AfterEach
        void closeDifferAndPools() {
            differ.close();
            pools.close();
        }

        private MemoryAnchors open(Map<String, String> settings) {
            return new MemoryAnchors(Settings.of(MemoryAnchorsSettings.class, settings), context);
        }

        private static Fragment<String> fragment(int number) {
            return new Fragment<>("f" + number, "text", Priority.NORMAL, Instant.EPOCH, Map.of());
        }

        private static void ingestMany(AnchorStore store, long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < 500; i++) {
                float[] vector = new float[8];
                for (int j = 0; j < vector.length; j++) {
                    vector[j] = (float) random.nextGaussian();
                }
                store.ingest(fragment(i), vector);
            }
        }

        @Test
        void oneThreadGivesTheSameAnchorsAgain() {
            try (AnchorStore one = open(Map.of());
                    AnchorStore other = open(Map.of())) {
                ingestMany(one, 5);
                ingestMany(other, 5);
                assertThat(other.size()).isEqualTo(one.size()).isLessThan(500);
                for (Anchor anchor : one.anchors()) {
                    Anchor same = other.find(anchor.id()).orElseThrow();
                    assertThat(same.embedding()).isEqualTo(anchor.embedding());
                    assertThat(same.provenance().utterances())
                            .isEqualTo(anchor.provenance().utterances());
                }
                assertThat(one.find(new AnchorId("a-1"))).isPresent();
            }
        }

        @Test
        void byDefaultWhatIsNotSeenAgainIsColdBeforeItIsOld() {
            MemoryAnchorsSettings settings = Settings.defaults(MemoryAnchorsSettings.class);
            SettableClock clock = new SettableClock();
            try (MemoryAnchors store = new MemoryAnchors(settings, context.withClock(clock))) {
                AnchorId id = store.ingest(fragment(1), new float[] {1, 0}).anchor();
                for (int day = 1; day <= 14; day++) {
                    assertThat(store.evict()).isEmpty();
                    clock.advance(Duration.ofDays(1));
                    store.decay();
                }
                assertThat(store.evict()).containsExactly(id);
            }
        }

        @Test
        void embeddingsAreTrackedWhereTheSettingsSaySo() throws Exception {
            try (MemoryAnchors store = open(Map.of("trackEmbeddings", "true"))) {
                store.ingest(fragment(1), new float[] {1, 2});
                store.commit();
                store.ingest(fragment(2), new float[] {1, 2.2f});
                store.commit();
                JsonNode state = store.state().snapshot().toJson();
                JsonNode shown = state.at("/anchors/a-1/embedding");
                float[] embedding = store.anchors().get(0).embedding();
                assertThat((float) shown.get(0).doubleValue()).isEqualTo(embedding[0]);
                assertThat((float) shown.get(1).doubleValue()).isEqualTo(embedding[1]);
                assertThat(new ObjectMapper().readTree(state.toString())).isEqualTo(state);

                store.reconfigure(Settings.defaults(MemoryAnchorsSettings.class));
                store.commit();
                assertThat(store.state().snapshot().toJson().at("/anchors/a-1").has("embedding"))
                        .isFalse();
            }
        }

        @Test
        void newSettingsApplyToAnchorsThatAreThere() {
            try (MemoryAnchors store = open(Map.of())) {
                store.ingest(fragment(1), new float[] {1, 0});
                store.reconfigure(
                        Settings.of(MemoryAnchorsSettings.class, Map.of("consolidation", "0.999", "heatStep", "0.5")));
                assertThat(store.ingest(fragment(2), new float[] {1, 0.3f}).created())
                        .isTrue();
                store.ingest(fragment(3), new float[] {1, 0});
                assertThat(store.find(new AnchorId("a-1")).orElseThrow().heat()).isEqualTo(0.7);
            }
        }
    }
}
