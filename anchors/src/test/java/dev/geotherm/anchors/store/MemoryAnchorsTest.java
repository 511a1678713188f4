package dev.geotherm.anchors.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Secret;
import dev.geotherm.api.Settings;
import dev.geotherm.api.StandaloneContext;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.pool.striped.StripedPoolsFactory;
import dev.geotherm.pool.striped.StripedPoolsSettings;
import dev.geotherm.testkit.SettableClock;
import dev.geotherm.testkit.anchor.AnchorStoreContract;
import dev.geotherm.testkit.anchor.AnchorStoreSettings;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class MemoryAnchorsTest extends AnchorStoreContract {

    @Override
    protected AnchorStore open(AnchorStoreSettings settings, ComponentContext context) {
        return new MemoryAnchors(
                new MemoryAnchorsSettings(
                        settings.maxAge(),
                        settings.maxAnchors(),
                        settings.consolidation(),
                        settings.evictionHeat(),
                        settings.initialHeat(),
                        settings.heatStep(),
                        settings.decayRate(),
                        new ScrubSettings(
                                settings.scrub(), List.of("built-in"), List.of(), List.of(), Secret.of(""), ""),
                        settings.keepUtterances(),
                        settings.keepHistory(),
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
    final class Own {
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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
            return fragment(number, Clock.systemUTC());
        }

        private static Fragment<String> fragment(int number, Clock clock) {
            return new Fragment<>("f" + number, "text", Priority.NORMAL, clock.instant(), Map.of());
        }

        private static float[] gaussian(Random random, int length) {
            float[] vector = new float[length];
            for (int i = 0; i < length; i++) {
                vector[i] = (float) random.nextGaussian();
            }
            return vector;
        }

        @Test
        void ingest_idIsAFunctionOfTheLeader() {
            try (AnchorStore one = open(Map.of());
                    AnchorStore other = open(Map.of())) {
                AnchorId id = one.ingest(fragment(1), new float[] {1, 0}).anchor();
                assertThat(id.value()).isEqualTo("a-1o0832uvir7d6");
                assertThat(other.ingest(fragment(1), new float[] {0, 1, 2}).anchor())
                        .isEqualTo(id);
                assertThat(one.ingest(fragment(2), new float[] {0, 1}).anchor()).isNotEqualTo(id);
            }
        }

        @Test
        void ingest_afterEverythingWasRemovedTakesAnotherLength() {
            try (AnchorStore store = open(Map.of())) {
                store.ingest(fragment(1), new float[] {1, 0});
                store.remove(List.of(fragment(1).id()));
                assertThat(store.ingest(fragment(2), new float[] {0, 1, 2}).created())
                        .isTrue();
                assertThat(store.metrics().created())
                        .as("counters never decrease")
                        .isEqualTo(2);
            }
        }

        @Test
        void evict_byDefaultTheColdAreEvictedBeforeTheOld() {
            MemoryAnchorsSettings settings = Settings.defaults(MemoryAnchorsSettings.class);
            SettableClock clock = new SettableClock();
            try (MemoryAnchors store = new MemoryAnchors(settings, context.withClock(clock))) {
                AnchorId id =
                        store.ingest(fragment(1, clock), new float[] {1, 0}).anchor();
                for (int day = 1; day <= 14; day++) {
                    assertThat(store.evict().anchors()).isEmpty();
                    clock.advance(Duration.ofDays(1));
                    store.decay();
                }
                assertThat(store.evict().anchors()).containsExactly(id);
            }
        }

        /** Workers bring passages in any order, so a delta must not depend on it. */
        @Test
        void commit_deltaDoesNotDependOnTheOrderOfChanges() {
            List<Integer> ascending = IntStream.range(0, 60).boxed().toList();
            List<Integer> shuffled = new ArrayList<>(ascending);
            Collections.shuffle(shuffled, new Random(5));
            assertThat(deltas(shuffled)).isEqualTo(deltas(ascending));
        }

        /** Adds, reinforces, removes and cools anchors in an order; returns the deltas. */
        private List<StateDelta> deltas(List<Integer> order) {
            SettableClock clock = new SettableClock();
            try (MemoryAnchors store =
                    new MemoryAnchors(Settings.defaults(MemoryAnchorsSettings.class), context.withClock(clock))) {
                for (int number : order) {
                    store.ingest(fragment(number, clock), axis(number));
                }
                List<StateDelta> deltas = new ArrayList<>(List.of(store.commit().delta()));
                clock.advance(Duration.ofDays(1));
                for (int number : order) {
                    if (number % 3 == 0) {
                        store.remove(List.of(fragment(number, clock).id()));
                    } else if (number % 3 == 1) {
                        store.ingest(fragment(100 + number, clock), axis(number));
                    }
                }
                store.decay();
                deltas.add(store.commit().delta());
                assertThat(deltas.get(1).changes())
                        .extracting(Change::kind)
                        .contains(ChangeKind.REMOVED, ChangeKind.ADDED, ChangeKind.MODIFIED);
                return deltas;
            }
        }

        private static float[] axis(int number) {
            float[] vector = new float[60];
            vector[number] = 1;
            return vector;
        }

        @Test
        void commit_tracksEmbeddingsIfEnabled() throws Exception {
            try (MemoryAnchors store = open(Map.of("trackEmbeddings", "true"))) {
                store.ingest(fragment(1), new float[] {1, 2});
                store.commit();
                store.ingest(fragment(2), new float[] {1, 2.2f});
                store.commit();
                JsonNode state = store.state().snapshot().toJson();
                String path = "/anchors/" + store.anchors().get(0).id();
                JsonNode shown = state.at(path + "/embedding");
                float[] embedding = store.anchors().get(0).embedding();
                assertThat((float) shown.get(0).doubleValue()).isEqualTo(embedding[0]);
                assertThat((float) shown.get(1).doubleValue()).isEqualTo(embedding[1]);
                assertThat(new ObjectMapper().readTree(state.toString())).isEqualTo(state);

                store.reconfigure(Settings.defaults(MemoryAnchorsSettings.class));
                store.commit();
                assertThat(store.state().snapshot().toJson().at(path).has("embedding"))
                        .isFalse();
            }
        }

        @Test
        void evict_withoutOldOrColdAnchorsScansNone() {
            SettableClock clock = new SettableClock();
            try (MemoryAnchors store =
                    new MemoryAnchors(Settings.defaults(MemoryAnchorsSettings.class), context.withClock(clock))) {
                for (int i = 0; i < 2_000; i++) {
                    store.ingest(fragment(i, clock), new float[2]);
                }
                clock.advance(Duration.ofDays(1));
                store.decay();
                store.evict();
                long before = THREADS.getCurrentThreadAllocatedBytes();
                assertThat(store.evict().anchors()).isEmpty();
                assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                        .as("bytes; a scan allocates 100 or more for each anchor")
                        .isLessThan(50_000);
                store.reconfigure(Settings.of(MemoryAnchorsSettings.class, Map.of("evictionHeat", "0.9")));
                assertThat(store.evict().anchors()).hasSize(2_000);
            }
        }

        @Test
        void evict_reinforcedAnchorOutlivesTheOthers() {
            SettableClock clock = new SettableClock();
            try (MemoryAnchors store =
                    new MemoryAnchors(Settings.defaults(MemoryAnchorsSettings.class), context.withClock(clock))) {
                AnchorId first =
                        store.ingest(fragment(1, clock), new float[] {1, 0}).anchor();
                store.ingest(fragment(2, clock), new float[] {0, 1});
                AnchorId second =
                        store.ingest(fragment(3, clock), new float[] {0, 1}).anchor();
                clock.advance(Duration.ofDays(14));
                assertThat(store.evict().anchors()).containsExactly(first);
                assertThat(store.evict().anchors()).isEmpty();
                clock.advance(Duration.ofDays(14));
                assertThat(store.evict().anchors()).containsExactly(second);
            }
        }

        @Test
        void maxAnchors_evictedAnchorsAreReused() {
            try (MemoryAnchors store = open(Map.of("maxAnchors", "50", "consolidation", "0.99"))) {
                Random random = new Random(4);
                for (int i = 0; i < 500; i++) {
                    store.ingest(fragment(i), gaussian(random, 16));
                }
                assertThat(store.size()).isEqualTo(50);
                assertThat(store.metrics().evicted()).isEqualTo(450);
                PoolMetrics pool = pools.metrics().pools().get("own");
                assertThat(pool.reused()).isGreaterThanOrEqualTo(440);
                assertThat(pool.created()).isLessThanOrEqualTo(60);
            }
        }

        @Test
        void ingest_exhaustedPoolLeavesTheStoreAsItWas() {
            try (ObjectPools few = new StripedPoolsFactory()
                            .create(
                                    Settings.of(
                                            StripedPoolsSettings.class,
                                            Map.of("initialSize", "0", "maxSize", "2", "whenExhausted", "fail")),
                                    ComponentContext.standalone("few"));
                    MemoryAnchors store = new MemoryAnchors(
                            Settings.defaults(MemoryAnchorsSettings.class),
                            ComponentContext.standalone("few-anchors")
                                    .with(ObjectPools.class, few)
                                    .with(StateDiffer.class, differ))) {
                store.ingest(fragment(1), new float[] {1, 0, 0});
                store.ingest(fragment(2), new float[] {0, 1, 0});
                assertThatThrownBy(() -> store.ingest(fragment(3), new float[] {0, 0, 1}))
                        .isInstanceOf(RuntimeException.class);
                assertThat(store.size()).isEqualTo(2);
                assertThat(store.metrics().passages()).isEqualTo(2);
                assertThat(store.anchorOf("f3")).isEmpty();
                store.remove(List.of("f1"));
                store.ingest(fragment(3), new float[] {0, 0, 1});
                assertThat(store.anchorOf("f3")).isPresent();
            }
        }

        @Test
        void clusters_areKeptUntilAnAnchorChanges() {
            try (MemoryAnchors store = open(Map.of("consolidation", "0.99"))) {
                store.ingest(fragment(1), new float[] {1, 0});
                store.ingest(fragment(2), new float[] {1, 0.3f});
                assertThat(store.clusters(0.9)).hasSize(1);
                long comparisons = store.metrics().comparisons();
                assertThat(store.clusters(0.9)).hasSize(1);
                assertThat(store.metrics().comparisons()).isEqualTo(comparisons);
                store.ingest(fragment(3), new float[] {1, 0.6f});
                assertThat(store.clusters(0.9).get(0).members()).hasSize(3);
            }
        }

        @Test
        void evict_storeDoesNotGrowWithEvictedAnchors() {
            checkThatEvictedAnchorsTakeNoMemory(6);
        }

        @Tag("full")
        @Test
        void evict_storeDoesNotGrowWithManyEvictedAnchors() {
            checkThatEvictedAnchorsTakeNoMemory(60);
        }

        /** Evicts anchors until the log of removed ones is full, and compares the memory before and after further rounds. */
        private void checkThatEvictedAnchorsTakeNoMemory(int rounds) {
            try (MemoryAnchors store = open(Map.of("evictionHeat", "0.9", "consolidation", "1"))) {
                Random random = new Random(3);
                int evicted = 0;
                for (; evicted < RemovedAnchors.CAPACITY + 1_000; evicted += 500) {
                    evict500(store, evicted, random);
                }
                long full = liveBytes();
                for (int round = 0; round < rounds; round++, evicted += 500) {
                    evict500(store, evicted, random);
                }
                assertThat(store.metrics().evicted()).isEqualTo(evicted);
                assertThat(store.size()).isZero();
                assertThat(store.changedSince(0)).hasSize(RemovedAnchors.CAPACITY);
                assertThat(liveBytes() - full)
                        .as("bytes; an id takes 16 or more")
                        .isLessThan(8L * 500 * rounds);
            }
        }

        private static void evict500(MemoryAnchors store, int first, Random random) {
            for (int i = 0; i < 500; i++) {
                store.ingest(fragment(first + i), gaussian(random, 16));
            }
            store.commit();
            assertThat(store.evict().anchors()).hasSize(500);
            store.commit();
        }

        /** Returns the size of all reachable objects of our classes, as counted by the JVM after a collection. */
        private static long liveBytes() {
            try {
                String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "gcClassHistogram",
                                new Object[] {new String[0]},
                                new String[] {String[].class.getName()});
                return histogram
                        .lines()
                        .filter(line -> line.contains(" dev.geotherm."))
                        .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[2]))
                        .sum();
            } catch (JMException failed) {
                throw new AssertionError(failed);
            }
        }

        @Test
        void reconfigure_appliesToExistingAnchors() {
            try (MemoryAnchors store = open(Map.of())) {
                store.ingest(fragment(1), new float[] {1, 0});
                store.reconfigure(
                        Settings.of(MemoryAnchorsSettings.class, Map.of("consolidation", "0.999", "heatStep", "0.5")));
                assertThat(store.ingest(fragment(2), new float[] {1, 0.3f}).created())
                        .isTrue();
                AnchorId id = store.ingest(fragment(3), new float[] {1, 0}).anchor();
                assertThat(store.find(id).orElseThrow().heat()).isCloseTo(0.7, within(1e-6));
            }
        }

        @Test
        void reconfigure_reassignedPassagesAreReportedByTheNextOperation() {
            try (MemoryAnchors store = open(Map.of())) {
                store.ingest(fragment(1), new float[] {1, 0, 0});
                AnchorId shared =
                        store.ingest(fragment(2), new float[] {1, 0.3f, 0}).anchor();
                assertThat(store.size()).isEqualTo(1);
                store.reconfigure(Settings.of(MemoryAnchorsSettings.class, Map.of("consolidation", "0.999")));
                assertThat(store.size()).isEqualTo(2);
                String moved = store.anchorOf("f1").equals(Optional.of(shared)) ? "f2" : "f1";
                assertThat(store.ingest(fragment(3), new float[] {0, 0, 1}).reassigned())
                        .isEqualTo(Map.of(moved, store.anchorOf(moved)));
                assertThat(store.remove(List.of())).isEmpty();
            }
        }
    }
}
