package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.at;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.axis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about decay and eviction. */
abstract class AnchorStoreUpkeepClauses {
    private final AnchorStoreFixture fixture;

    AnchorStoreUpkeepClauses(AnchorStoreFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void decay_lowersHeatByElapsedTime() {
        AnchorId id = fixture.ingest("f", axis(0)).anchor();
        fixture.clock.advance(Duration.ofHours(12));
        assertThat(fixture.store.decay()).isEqualTo(1);
        assertThat(fixture.anchor(id).heat()).isCloseTo(0.2 * Math.sqrt(0.5), within(1e-9));
    }

    @Test
    void decay_continuesFromTheLastDecay() {
        AnchorId id = fixture.ingest("f", axis(0)).anchor();
        fixture.clock.advance(Duration.ofDays(1));
        fixture.store.decay();
        assertThat(fixture.store.decay()).isZero();
        fixture.ingest("g", axis(0));
        fixture.clock.advance(Duration.ofDays(1));
        AnchorId young = fixture.ingest("h", axis(1)).anchor();
        assertThat(fixture.store.decay()).isEqualTo(1);
        assertThat(fixture.anchor(id).heat()).isCloseTo(0.1, within(1e-9));
        assertThat(fixture.anchor(young).heat()).isEqualTo(0.2);
    }

    @Test
    void decay_keepsAtLeastTheFloorOfTheHeat() {
        AnchorId id = fixture.ingest("f", axis(0)).anchor();
        fixture.clock.advance(Duration.ofDays(20));
        assertThat(fixture.store.decay()).isEqualTo(1);
        assertThat(fixture.anchor(id).heat()).isCloseTo(0.2 * 0.01, within(1e-9));
    }

    @Test
    void decay_repeatedlyFallsBelowTheFloor() {
        fixture.reopen(AnchorStoreSettings.USUAL.withFloor(0.4));
        AnchorId id = fixture.ingest("f", axis(0)).anchor();
        for (int day = 1; day <= 3; day++) {
            fixture.clock.advance(Duration.ofDays(1));
            assertThat(fixture.store.decay()).isEqualTo(1);
            assertThat(fixture.anchor(id).heat()).isCloseTo(0.2 * Math.pow(0.5, day), within(1e-9));
        }
    }

    @Test
    void evict_removesTheCold() {
        AnchorId cold = fixture.ingest("cold", axis(0)).anchor();
        AnchorId warm = fixture.ingest("warm", axis(1)).anchor();
        fixture.ingest("warm", axis(1));
        fixture.clock.advance(Duration.ofHours(54));
        assertThat(fixture.store.evict()).isEmpty();
        fixture.store.decay();
        assertThat(fixture.store.evict()).containsExactly(cold);
        assertThat(fixture.store.anchors().stream().map(Anchor::id)).containsExactly(warm);
    }

    @Test
    void evict_removesTheOld() {
        AnchorId old = fixture.ingest("old", axis(0)).anchor();
        fixture.clock.advance(Duration.ofDays(30));
        assertThat(fixture.store.evict()).isEmpty();
        AnchorId young = fixture.ingest("young", axis(1)).anchor();
        fixture.ingest("old", axis(0));
        fixture.clock.advance(Duration.ofNanos(1));
        assertThat(fixture.store.evict()).containsExactly(old);
        assertThat(fixture.store.find(old)).isEmpty();
        assertThat(fixture.store.find(young)).isPresent();
    }

    @Test
    void evict_returnsSortedIds() {
        fixture.ingestZeros(12);
        fixture.clock.advance(Duration.ofDays(31));
        assertThat(fixture.store.evict()).hasSize(12).isSorted();
        assertThat(fixture.store.size()).isZero();
    }

    @Test
    void evict_idsAreNotReused() {
        AnchorId old = fixture.ingest("old", axis(0)).anchor();
        fixture.clock.advance(Duration.ofDays(31));
        fixture.store.evict();
        assertThat(fixture.store.nearest(axis(0), 1)).isEmpty();
        assertThat(fixture.ingest("new", axis(0)).created()).isTrue();
        assertThat(fixture.store.anchors().get(0).id()).isNotEqualTo(old);
    }

    @Test
    void evict_releasesToThePool() {
        int before = fixture.pools.held();
        fixture.ingest("a", axis(0));
        int one = fixture.pools.held() - before;
        fixture.ingest("b", axis(1));
        assertThat(fixture.pools.held()).isEqualTo(before + 2 * one).isGreaterThan(before);
        fixture.clock.advance(Duration.ofDays(31));
        fixture.store.evict();
        assertThat(fixture.pools.held()).isEqualTo(before);
    }

    @Test
    void evict_nextLifeStartsClean() {
        fixture.ingest("a", axis(0));
        fixture.ingest("b", at(0.9));
        fixture.clock.advance(Duration.ofDays(31));
        fixture.store.evict();
        AnchorId id = fixture.ingest("c", axis(1)).anchor();
        Anchor anchor = fixture.anchor(id);
        assertThat(anchor.embedding()).containsExactly(axis(1));
        assertThat(anchor.heat()).isEqualTo(0.2);
        assertThat(anchor.drift()).isZero();
        assertThat(anchor.text()).isEqualTo("text of c");
        assertThat(anchor.provenance().firstSeen()).isEqualTo(fixture.clock.instant());
        assertThat(anchor.provenance().utterances()).containsExactly("c");
        assertThat(anchor.provenance().updates()).isZero();
        assertThat(anchor.provenance().history()).isEmpty();
    }
}
