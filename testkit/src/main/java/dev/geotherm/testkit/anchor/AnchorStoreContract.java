package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Cluster;
import dev.geotherm.api.anchor.Stability;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AnchorStore} does; extend it and say how yours is opened, and which pools and differ it is given.
 */
public abstract class AnchorStoreContract extends AnchorStoreStateClauses {

    /** For subclasses. */
    protected AnchorStoreContract() {}

    @Override
    protected abstract AnchorStore open(AnchorRules rules, ComponentContext context);

    @Override
    protected abstract ObjectPools openPools();

    @Override
    protected abstract StateDiffer openDiffer();

    @Nested
    final class Groups {
        @Test
        void anchorsAreGroupedDirectlyOrThroughOthers() {
            under(AnchorRules.USUAL.withConsolidation(0.99));
            AnchorId a = ingest("a", axis(0)).anchor();
            AnchorId b = ingest("b", at(Math.cos(0.5))).anchor();
            AnchorId c = ingest("c", at(Math.cos(1.0))).anchor();
            AnchorId d = ingest("d", axis(2)).anchor();
            AnchorId e = ingest("e", 0, 0, 1, 0.3f).anchor();
            ingest("e2", 0, 0, 1, 0.3f);
            ingest("single", 0, 0, 0, 1);
            ingest("zero", new float[4]);
            ingest("zero", new float[4]);
            List<Cluster> clusters = store.clusters(0.85);
            assertThat(clusters).hasSize(2);
            assertThat(clusters.get(0).members()).isEqualTo(sorted(a, b, c));
            assertThat(clusters.get(0).heat()).isCloseTo(0.2, within(1e-9));
            assertThat(clusters.get(1).members()).isEqualTo(sorted(d, e));
            assertThat(clusters.get(1).heat()).isCloseTo(0.25, within(1e-9));
        }

        @Test
        void equallyLargeGroupsAreInTheOrderOfTheirFirstIds() {
            under(AnchorRules.USUAL.withConsolidation(0.99));
            ingestZeros(3); // where ids are numbered, some groups begin with two digits
            for (int i = 0; i < 4; i++) {
                ingest("a" + i, axis(i));
            }
            for (int i = 0; i < 4; i++) {
                float[] near = axis(i);
                near[(i + 1) % 4] = 0.3f;
                ingest("b" + i, near);
            }
            assertThat(store.clusters(0.9).stream().map(c -> c.members().get(0)))
                    .hasSize(4)
                    .isSorted();
        }
    }

    @Nested
    final class Figures {
        @Test
        void stabilityIsOfTheAnchorsThereAre() {
            assertThat(store.stability()).isEqualTo(new Stability(0, Duration.ZERO, 0, 0, 0));
            ingest("old", axis(0));
            clock.advance(Duration.ofDays(29));
            AnchorId b = ingest("b", axis(1)).anchor();
            clock.advance(Duration.ofDays(2));
            store.evict();
            ingest("c", axis(2));
            ingest("b", 0, 1, 0.3f, 0);
            Stability stability = store.stability();
            assertThat(stability.anchors()).isEqualTo(2);
            assertThat(stability.averageAge()).isEqualTo(Duration.ofDays(1));
            assertThat(stability.averageHeat()).isCloseTo(0.25, within(1e-9));
            assertThat(stability.averageDrift())
                    .isPositive()
                    .isCloseTo(anchor(b).drift() / 2, within(1e-9));
            assertThat(stability.churn()).isCloseTo(1.0 / 3, within(1e-9));
        }

        @Test
        void metricsCountWhatWasDone() {
            ingest("a", axis(0));
            ingest("a", axis(0));
            ingest("b", axis(1));
            store.commit();
            clock.advance(Duration.ofDays(31));
            store.evict();
            assertThat(store.metrics().ingested()).isEqualTo(3);
            assertThat(store.metrics().created()).isEqualTo(2);
            assertThat(store.metrics().reinforced()).isEqualTo(1);
            assertThat(store.metrics().evicted()).isEqualTo(2);
            assertThat(store.metrics().anchors()).isZero();
            assertThat(store.metrics().revisions()).isEqualTo(1);
        }
    }

    @Nested
    final class Life {
        @Test
        void manyThreadsLoseNothing() throws Exception {
            int perThread = 300;
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<?>> work = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    int number = thread;
                    work.add(threads.submit(() -> {
                        Random random = new Random(number);
                        for (int i = 0; i < perThread; i++) {
                            ingest(number + "-" + i, random(random, 4));
                            if (i % 40 == 0) {
                                store.commit();
                                store.anchors();
                                store.clusters(0.9);
                                store.decay();
                            }
                        }
                    }));
                }
                for (Future<?> one : work) {
                    one.get();
                }
            } finally {
                threads.shutdownNow();
            }
            store.commit();
            assertThat(store.metrics().ingested()).isEqualTo(4L * perThread);
            assertThat(store.metrics().created()).isEqualTo(store.size());
            assertThat(store.anchors().stream()
                            .mapToLong(anchor -> 1 + anchor.provenance().updates())
                            .sum())
                    .isEqualTo(4L * perThread);
            assertThat(store.state().snapshot().toJson().path("anchors")).hasSize(store.size());
        }

        @Test
        void closingReturnsEveryAnchorAndClosesPoolAndState() {
            ingest("a", axis(0));
            ingest("b", axis(1));
            store.close();
            assertThat(pools.held()).isZero();
            assertThat(pools.open()).isZero();
            assertThatIllegalStateException()
                    .isThrownBy(
                            () -> store.state().commit(store.state().snapshot().toJson()));
        }

        @Test
        void aClosedStoreRefuses() {
            store.close();
            assertThatIllegalStateException().isThrownBy(() -> ingest("a", axis(0)));
            assertThatIllegalStateException().isThrownBy(() -> store.decay());
            assertThatIllegalStateException().isThrownBy(() -> store.evict());
            assertThatIllegalStateException().isThrownBy(() -> store.commit());
        }

        @Test
        void closingTwiceIsFine() {
            store.close();
            assertThatCode(store::close).doesNotThrowAnyException();
        }
    }
}
