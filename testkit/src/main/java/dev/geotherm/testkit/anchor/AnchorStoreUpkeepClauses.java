package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.at;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.axis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Ingested;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about decay, eviction and capacity. */
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
    void heat_decaysByItself() {
        AnchorId id = fixture.ingest("f", axis(0)).anchor();
        fixture.clock.advance(Duration.ofDays(1));
        assertThat(fixture.anchor(id).heat()).isCloseTo(0.1, within(1e-9));
        assertThat(fixture.store.anchors().get(0).heat()).isCloseTo(0.1, within(1e-9));
        fixture.reinforce(axis(0));
        assertThat(fixture.anchor(id).heat()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void decay_continuesFromTheLastDecay() {
        fixture.ingest("f", axis(0));
        fixture.clock.advance(Duration.ofDays(1));
        assertThat(fixture.store.decay()).isEqualTo(1);
        assertThat(fixture.store.decay()).isZero();
        fixture.ingest("g", axis(0));
        fixture.clock.advance(Duration.ofDays(1));
        AnchorId young = fixture.ingest("h", axis(1)).anchor();
        assertThat(fixture.store.decay()).isEqualTo(1);
        assertThat(fixture.anchorOf("f").heat()).isCloseTo(0.1, within(1e-9));
        assertThat(fixture.anchor(young).heat()).isEqualTo(0.2);
    }

    @Test
    void decay_numberOfCallsDoesNotMatter() {
        AnchorId id = fixture.ingest("f", axis(0)).anchor();
        for (int day = 1; day <= 20; day++) {
            fixture.clock.advance(Duration.ofDays(1));
            assertThat(fixture.store.decay()).isEqualTo(1);
            assertThat(fixture.anchor(id).heat()).isCloseTo(0.2 * Math.pow(0.5, day), within(1e-9));
        }
    }

    @Test
    void decay_isShownByTheNextCommit() {
        AnchorId id = fixture.ingest("f", axis(0)).anchor();
        fixture.store.commit();
        fixture.clock.advance(Duration.ofDays(1));
        assertThat(fixture.store.commit().delta().isEmpty()).isTrue();
        fixture.store.decay();
        assertThat(fixture.store.commit().delta().changes()).hasSize(1);
        JsonNode shown = fixture.store.state().snapshot().toJson().at("/anchors/" + id + "/heat");
        assertThat(shown.doubleValue()).isEqualTo(fixture.anchor(id).heat()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void decay_ofATimeShowsTheHeatOfThen() {
        AnchorId old = fixture.ingest("f", axis(0)).anchor();
        Instant then = fixture.clock.instant().plus(Duration.ofDays(1));
        fixture.clock.advance(Duration.ofDays(2));
        AnchorId young = fixture.ingest("g", axis(1)).anchor();
        fixture.clock.advance(Duration.ofDays(1));
        fixture.store.commit();
        fixture.store.decay(then);
        fixture.store.commit();
        JsonNode shown = fixture.store.state().snapshot().toJson().path("anchors");
        assertThat(shown.path(old.value()).path("heat").doubleValue()).isCloseTo(0.1, within(1e-9));
        assertThat(shown.path(young.value()).path("heat").doubleValue())
                .as("last seen after that time")
                .isEqualTo(0.2);
        assertThat(fixture.anchor(old).heat()).as("the heat now").isCloseTo(0.025, within(1e-9));
    }

    @Test
    void evict_removesTheCold() {
        AnchorId cold = fixture.ingest("cold", axis(0)).anchor();
        fixture.ingest("warm", axis(1));
        AnchorId warm = fixture.ingest("warm2", axis(1)).anchor();
        fixture.clock.advance(Duration.ofHours(47));
        assertThat(fixture.store.evict().anchors()).isEmpty();
        fixture.clock.advance(Duration.ofHours(7));
        assertThat(fixture.store.evict().anchors()).containsExactly(cold);
        assertThat(fixture.store.anchors().stream().map(Anchor::id)).containsExactly(warm);
    }

    @Test
    void evict_removesTheOld() {
        fixture.reopen(AnchorStoreSettings.USUAL.withEvictionHeat(0));
        fixture.ingest("old", axis(0));
        fixture.clock.advance(Duration.ofDays(30));
        assertThat(fixture.store.evict().anchors()).isEmpty();
        AnchorId young = fixture.ingest("young", axis(1)).anchor();
        AnchorId old = fixture.ingest("old2", axis(0)).anchor();
        fixture.clock.advance(Duration.ofNanos(1));
        assertThat(fixture.store.evict().anchors()).containsExactly(old);
        assertThat(fixture.store.find(old)).isEmpty();
        assertThat(fixture.store.find(young)).isPresent();
    }

    @Test
    void evict_forgetsThePassages() {
        fixture.ingest("a", axis(0));
        fixture.ingest("a2", at(0.9));
        fixture.clock.advance(Duration.ofDays(29));
        fixture.ingest("b", axis(1));
        fixture.clock.advance(Duration.ofDays(2));
        assertThat(fixture.store.evict().reassigned()).isEqualTo(Map.of("a", Optional.empty(), "a2", Optional.empty()));
        assertThat(fixture.store.anchorOf("a")).isEmpty();
        assertThat(fixture.store.anchorOf("a2")).isEmpty();
        assertThat(fixture.store.anchorOf("b")).isPresent();
        assertThat(fixture.store.metrics().passages()).isEqualTo(1);
    }

    @Test
    void evict_returnsSortedIds() {
        fixture.ingestZeros(12);
        fixture.clock.advance(Duration.ofDays(31));
        assertThat(fixture.store.evict().anchors()).hasSize(12).isSorted();
        assertThat(fixture.store.size()).isZero();
    }

    @Test
    void evict_otherPassageHasAnotherAnchor() {
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

    @Test
    void maxAnchors_evictsTheColdestAndOldestFirst() {
        fixture.reopen(AnchorStoreSettings.USUAL.withCapacity(3));
        AnchorId old = fixture.ingest("old", axis(0)).anchor();
        fixture.clock.advance(Duration.ofHours(1));
        AnchorId hot = fixture.ingest("hot", axis(1)).anchor();
        fixture.reinforce(axis(1));
        fixture.clock.advance(Duration.ofHours(1));
        AnchorId middle = fixture.ingest("middle", axis(2)).anchor();
        assertThat(fixture.store.size()).isEqualTo(3);
        Ingested ingested = fixture.ingest("new", axis(3));
        assertThat(fixture.store.anchors().stream().map(Anchor::id))
                .containsExactlyElementsOf(AnchorStoreFixture.sorted(hot, middle, ingested.anchor()));
        assertThat(ingested.reassigned()).isEqualTo(Map.of("old", Optional.empty()));
        assertThat(fixture.store.find(old)).isEmpty();
        assertThat(fixture.store.metrics().evicted()).isEqualTo(1);
    }

    @Test
    void maxAnchors_newAnchorStays() {
        fixture.reopen(AnchorStoreSettings.USUAL.withCapacity(2));
        for (int axis = 0; axis < 2; axis++) {
            fixture.ingest("f" + axis, axis(axis));
            fixture.reinforce(axis(axis));
        }
        AnchorId first = fixture.ingest("new", axis(2)).anchor();
        assertThat(fixture.store.find(first)).isPresent();
        AnchorId second = fixture.ingest("newer", axis(3)).anchor();
        assertThat(fixture.store.find(second)).isPresent();
        assertThat(fixture.store.size()).isEqualTo(2);
    }

    @Test
    void maxAnchors_snapshotOutlivesItsAnchor() {
        fixture.reopen(AnchorStoreSettings.USUAL.withCapacity(1));
        Anchor held = fixture.anchor(fixture.ingest("f0", axis(0)).anchor());
        for (int i = 1; i < 4; i++) {
            fixture.ingest("f" + i, axis(i));
        }
        assertThat(fixture.store.find(held.id())).isEmpty();
        assertThat(held.text()).isEqualTo("text of f0");
        assertThat(held.embedding()).containsExactly(axis(0));
        assertThat(held.provenance().utterances()).containsExactly("f0");
    }
}
