package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about time: what it changes, what it cools, what it takes out. */
abstract class AnchorStoreSweepClauses extends AnchorStoreIngestClauses {

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
            ingestZeros(12);
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
}
