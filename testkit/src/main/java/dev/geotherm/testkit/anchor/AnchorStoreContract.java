package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Cluster;
import dev.geotherm.api.anchor.Stability;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.testkit.RandomCases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AnchorStore} does; extend it and say how yours is opened, and which pools and differ it is given.
 */
public abstract class AnchorStoreContract extends AnchorStoreIngestClauses {

    /** For subclasses. */
    protected AnchorStoreContract() {}

    @Override
    protected abstract AnchorStore open(AnchorRules rules, ComponentContext context);

    @Override
    protected abstract ObjectPools openPools();

    @Override
    protected abstract StateDiffer openDiffer();

    private static List<AnchorId> sorted(AnchorId... ids) {
        return Stream.of(ids).sorted().toList();
    }

    @Nested
    final class Changes {
        @Test
        void whatWasCreatedReinforcedOrEvictedLaterIsChanged() {
            AnchorId old = ingest("old", axis(0)).anchor();
            AnchorId reinforced = ingest("r", axis(1)).anchor();
            AnchorId evicted = ingest("e", axis(2)).anchor();
            for (String id : List.of("r2", "r3", "r4")) {
                ingest(id, axis(1));
                ingest(id, axis(0));
            }
            Instant then = clock.instant();
            clock.advance(Duration.ofHours(55));
            store.decay();
            assertThat(store.evict()).containsExactly(evicted);
            ingest("r5", axis(1));
            AnchorId created = ingest("c", axis(3)).anchor();
            assertThat(store.changedSince(then)).isEqualTo(sorted(reinforced, evicted, created));
            assertThat(store.changedSince(then.minusNanos(1))).isEqualTo(sorted(old, reinforced, evicted, created));
        }

        @Test
        void whatChangedAtTheTimeItselfIsNotChangedAfterIt() {
            ingest("f", axis(0));
            assertThat(store.changedSince(clock.instant())).isEmpty();
            assertThat(store.changedSince(clock.instant().minusNanos(1))).hasSize(1);
        }
    }

    @Nested
    final class Decay {
        @Test
        void heatFallsByTheTimeThatPassed() {
            AnchorId id = ingest("f", axis(0)).anchor();
            clock.advance(Duration.ofHours(12));
            assertThat(store.decay()).isEqualTo(1);
            assertThat(anchor(id).heat()).isCloseTo(0.2 * Math.sqrt(0.5), within(1e-9));
        }

        @Test
        void heatFallsAnewFromWhereItWasLowered() {
            AnchorId id = ingest("f", axis(0)).anchor();
            clock.advance(Duration.ofDays(1));
            store.decay();
            assertThat(store.decay()).isZero();
            ingest("g", axis(0));
            clock.advance(Duration.ofDays(1));
            AnchorId young = ingest("h", axis(1)).anchor();
            assertThat(store.decay()).isEqualTo(1);
            assertThat(anchor(id).heat()).isCloseTo(0.1, within(1e-9));
            assertThat(anchor(young).heat()).isEqualTo(0.2);
        }

        @Test
        void aDecayLeavesAtLeastTheFloorsPartOfTheHeat() {
            AnchorId id = ingest("f", axis(0)).anchor();
            clock.advance(Duration.ofDays(20));
            assertThat(store.decay()).isEqualTo(1);
            assertThat(anchor(id).heat()).isCloseTo(0.2 * 0.01, within(1e-9));
        }

        @Test
        void heatFallsBelowTheFloor() {
            under(AnchorRules.USUAL.withFloor(0.4));
            AnchorId id = ingest("f", axis(0)).anchor();
            for (int day = 1; day <= 3; day++) {
                clock.advance(Duration.ofDays(1));
                assertThat(store.decay()).isEqualTo(1);
                assertThat(anchor(id).heat()).isCloseTo(0.2 * Math.pow(0.5, day), within(1e-9));
            }
        }
    }

    @Nested
    final class Eviction {
        @Test
        void theColdAreEvicted() {
            AnchorId cold = ingest("cold", axis(0)).anchor();
            AnchorId warm = ingest("warm", axis(1)).anchor();
            ingest("warm", axis(1));
            clock.advance(Duration.ofHours(54));
            assertThat(store.evict()).isEmpty();
            store.decay();
            assertThat(store.evict()).containsExactly(cold);
            assertThat(store.anchors().stream().map(Anchor::id)).containsExactly(warm);
        }

        @Test
        void theOldAreEvicted() {
            AnchorId old = ingest("old", axis(0)).anchor();
            clock.advance(Duration.ofDays(30));
            assertThat(store.evict()).isEmpty();
            AnchorId young = ingest("young", axis(1)).anchor();
            ingest("old", axis(0));
            clock.advance(Duration.ofNanos(1));
            assertThat(store.evict()).containsExactly(old);
            assertThat(store.find(old)).isEmpty();
            assertThat(store.find(young)).isPresent();
        }

        @Test
        void theEvictedAreReturnedInTheOrderOfIds() {
            for (int i = 0; i < 12; i++) {
                ingest("f" + i, new float[4]);
            }
            clock.advance(Duration.ofDays(31));
            assertThat(store.evict()).hasSize(12).isSorted();
            assertThat(store.size()).isZero();
        }

        @Test
        void theEvictedAreNotFoundAndTheirIdsNotUsedAgain() {
            AnchorId old = ingest("old", axis(0)).anchor();
            clock.advance(Duration.ofDays(31));
            store.evict();
            assertThat(store.nearest(axis(0), 1)).isEmpty();
            assertThat(ingest("new", axis(0)).created()).isTrue();
            assertThat(store.anchors().get(0).id()).isNotEqualTo(old);
        }

        @Test
        void theEvictedGoBackToThePool() {
            int before = pools.held();
            ingest("a", axis(0));
            int one = pools.held() - before;
            ingest("b", axis(1));
            assertThat(pools.held()).isEqualTo(before + 2 * one).isGreaterThan(before);
            clock.advance(Duration.ofDays(31));
            store.evict();
            assertThat(pools.held()).isEqualTo(before);
        }

        @Test
        void nothingOfAFormerLifeIsLeft() {
            ingest("a", axis(0));
            ingest("b", at(0.9));
            clock.advance(Duration.ofDays(31));
            store.evict();
            AnchorId id = ingest("c", axis(1)).anchor();
            Anchor anchor = anchor(id);
            assertThat(anchor.embedding()).containsExactly(axis(1));
            assertThat(anchor.heat()).isEqualTo(0.2);
            assertThat(anchor.drift()).isZero();
            assertThat(anchor.text()).isEqualTo("text of c");
            assertThat(anchor.provenance().firstSeen()).isEqualTo(clock.instant());
            assertThat(anchor.provenance().utterances()).containsExactly("c");
            assertThat(anchor.provenance().updates()).isZero();
            assertThat(anchor.provenance().history()).isEmpty();
        }
    }

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
    final class State {
        private JsonNode json() {
            return store.state().snapshot().toJson();
        }

        @Test
        void theStateIsThatOfTheLastCommit() {
            assertThat(json().path("anchors").isObject()).isTrue();
            AnchorId id = ingest("f1", axis(0)).anchor();
            assertThat(json().path("anchors")).isEmpty();
            store.commit();
            ingest("f2", at(0.9));
            assertThat(json().at("/anchors/" + id + "/updates").asLong()).isZero();
        }

        @Test
        void anAnchorHasItsMembers() {
            AnchorId id = ingest("f1", axis(0)).anchor();
            clock.advance(Duration.ofSeconds(1));
            ingest("f2", at(0.9));
            store.commit();
            assertShows(json().path("anchors").path(id.value()), anchor(id));
        }

        @Test
        void aCommitIsOneRevision() {
            ingest("f1", axis(0));
            ingest("f2", axis(1));
            RevisionDelta delta = store.commit();
            assertThat(delta.base()).isZero();
            assertThat(delta.revision()).isEqualTo(1).isEqualTo(store.state().revision());
        }

        @Test
        void aCommitOfNothingIsEmpty() {
            ingest("f1", axis(0));
            store.commit();
            assertThat(store.commit().delta().isEmpty()).isTrue();
            assertThat(store.state().revision()).isEqualTo(1);
        }

        @Test
        void aCommitTouchesOnlyWhatChanged() {
            for (int i = 0; i < 4; i++) {
                ingest("f" + i, axis(i));
            }
            store.commit();
            clock.advance(Duration.ofSeconds(1));
            AnchorId id = ingest("again", axis(2)).anchor();
            assertThat(store.commit().delta().changes())
                    .isNotEmpty()
                    .hasSizeLessThan(10)
                    .allSatisfy(change -> assertThat(change.path().toString()).startsWith("/anchors/" + id + "/"));
        }

        @Test
        void whatCameAndWentBetweenCommitsIsNotShown() {
            ingest("f", axis(0));
            clock.advance(Duration.ofDays(31));
            store.evict();
            assertThat(store.commit().delta().isEmpty()).isTrue();
        }

        @Test
        void commitsReplayToTheState() {
            RandomCases.run(5, random -> {
                under(AnchorRules.USUAL);
                JsonNode replayed = json();
                for (int step = 0; step < 60; step++) {
                    doSomething(random, step);
                    if (random.nextInt(3) == 0) {
                        RevisionDelta delta = store.commit();
                        replayed = delta.delta().applyTo(replayed);
                        assertThat(replayed).isEqualTo(json());
                        assertShowsAll(replayed);
                    }
                }
            });
        }

        private void doSomething(Random random, int step) {
            switch (random.nextInt(8)) {
                case 0 -> clock.advance(Duration.ofHours(random.nextInt(100)));
                case 1 -> store.decay();
                case 2 -> store.evict();
                default -> {
                    float[] embedding = random.nextInt(10) == 0 ? new float[4] : random(random, 4);
                    ingest("f" + step, embedding);
                }
            }
        }

        private void assertShowsAll(JsonNode state) {
            JsonNode anchors = state.path("anchors");
            assertThat(anchors).hasSize(store.size());
            for (Anchor anchor : store.anchors()) {
                assertShows(anchors.path(anchor.id().value()), anchor);
            }
        }

        private static void assertShows(JsonNode shown, Anchor anchor) {
            List<String> utterances = new ArrayList<>();
            shown.path("utterances").forEach(utterance -> utterances.add(utterance.textValue()));
            assertThat(shown.path("text").textValue()).isEqualTo(anchor.text());
            assertThat(shown.path("heat").doubleValue()).isEqualTo(anchor.heat());
            assertThat(shown.path("drift").doubleValue()).isEqualTo(anchor.drift());
            assertThat(shown.path("firstSeen").textValue())
                    .isEqualTo(anchor.provenance().firstSeen().toString());
            assertThat(shown.path("lastSeen").textValue())
                    .isEqualTo(anchor.provenance().lastSeen().toString());
            assertThat(shown.path("updates").isIntegralNumber()).isTrue();
            assertThat(shown.path("updates").longValue())
                    .isEqualTo(anchor.provenance().updates());
            assertThat(utterances).isEqualTo(anchor.provenance().utterances());
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
