package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.at;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.axis;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.sorted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Cluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about lookups: by id, by embedding, by revision, by cluster. */
abstract class AnchorStoreLookupClauses {
    private final AnchorStoreFixture fixture;

    AnchorStoreLookupClauses(AnchorStoreFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void find_unknownIdIsEmpty() {
        assertThat(fixture.store.find(new AnchorId("unknown"))).isEmpty();
    }

    @Test
    void anchors_areOrderedById() {
        fixture.ingestZeros(12);
        assertThat(fixture.store.anchors().stream().map(Anchor::id)).hasSize(12).isSorted();
    }

    @Test
    void find_returnsASnapshot() {
        AnchorId id = fixture.ingest("f1", axis(0)).anchor();
        Anchor before = fixture.anchor(id);
        fixture.ingest("f2", at(0.9));
        assertThat(before.embedding()).containsExactly(axis(0));
        assertThat(before.heat()).isEqualTo(0.2);
        assertThat(before.provenance().utterances()).containsExactly("f1");
    }

    @Test
    void nearest_mostSimilarFirst() {
        AnchorId far = fixture.ingest("far", axis(3)).anchor();
        AnchorId middle = fixture.ingest("middle", at(0.5)).anchor();
        AnchorId near = fixture.ingest("near", axis(0)).anchor();
        assertThat(fixture.store.nearest(new float[] {2, 0, 0, 0.01f}, 5).stream()
                        .map(s -> s.anchor()))
                .containsExactly(near, middle, far);
        assertThat(fixture.store.nearest(axis(0), 1)).hasSize(1);
        assertThat(fixture.store.nearest(axis(0), 5).get(1).similarity()).isCloseTo(0.5, within(1e-5));
    }

    @Test
    void nearest_tiesAreOrderedById() {
        fixture.ingestZeros(8); // with numbered ids, the tenth sorts before the ninth
        AnchorId one = fixture.ingest("one", 1, 2, 0, 0).anchor();
        AnchorId two = fixture.ingest("two", 1, -2, 0, 0).anchor();
        assertThat(fixture.store.nearest(axis(0), 2).stream().map(s -> s.anchor()))
                .containsExactlyElementsOf(sorted(one, two));
    }

    @Test
    void nearest_nothingIsNearAllZeros() {
        fixture.ingest("one", axis(1));
        fixture.ingest("zero", new float[4]);
        assertThat(fixture.store.nearest(new float[4], 5)).isEmpty();
        assertThat(fixture.store.nearest(axis(1), 5)).hasSize(1);
    }

    @Test
    void nearest_invalidArgumentsAreRefused() {
        fixture.ingest("one", axis(1));
        assertThatIllegalArgumentException().isThrownBy(() -> fixture.store.nearest(axis(1), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> fixture.store.nearest(new float[3], 1));
    }

    @Test
    void changedSince_addedChangedAndRemoved() {
        AnchorId unchanged = fixture.ingest("old", axis(0)).anchor();
        AnchorId reinforced = fixture.ingest("r", axis(1)).anchor();
        AnchorId removed = fixture.ingest("e", axis(2)).anchor();
        long revision = fixture.store.commit().revision();
        fixture.clock.advance(Duration.ofHours(1));
        fixture.store.decay();
        fixture.store.remove(List.of("e"));
        fixture.reinforce(axis(1));
        AnchorId created = fixture.ingest("c", axis(3)).anchor();
        assertThat(fixture.store.changedSince(revision)).as("not committed").isEmpty();
        fixture.store.commit();
        assertThat(fixture.store.changedSince(revision)).isEqualTo(sorted(reinforced, removed, created));
        assertThat(fixture.store.changedSince(revision - 1)).isEqualTo(sorted(unchanged, reinforced, removed, created));
    }

    @Test
    void changedSince_excludesTheRevisionItself() {
        fixture.ingest("f", axis(0));
        long revision = fixture.store.commit().revision();
        assertThat(fixture.store.changedSince(revision)).isEmpty();
        assertThat(fixture.store.changedSince(revision - 1)).hasSize(1);
    }

    @Test
    void clusters_joinDirectlyAndThroughOthers() {
        fixture.reopen(AnchorStoreSettings.USUAL.withConsolidation(0.99));
        AnchorId a = fixture.ingest("a", axis(0)).anchor();
        AnchorId b = fixture.ingest("b", at(Math.cos(0.5))).anchor();
        AnchorId c = fixture.ingest("c", at(Math.cos(1.0))).anchor();
        AnchorId d = fixture.ingest("d", axis(2)).anchor();
        fixture.ingest("e", 0, 0, 1, 0.3f);
        AnchorId e = fixture.ingest("e2", 0, 0, 1, 0.3f).anchor();
        fixture.ingest("single", 0, 0, 0, 1);
        fixture.ingest("zero", new float[4]);
        fixture.ingest("zero2", new float[4]);
        List<Cluster> clusters = fixture.store.clusters(0.85);
        assertThat(clusters).hasSize(2);
        assertThat(clusters.get(0).members()).isEqualTo(sorted(a, b, c));
        assertThat(clusters.get(0).heat()).isCloseTo(0.2, within(1e-9));
        assertThat(clusters.get(1).members()).isEqualTo(sorted(d, e));
        assertThat(clusters.get(1).heat()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void clusters_followReinforcementAndDecay() {
        fixture.reopen(AnchorStoreSettings.USUAL.withConsolidation(0.99));
        fixture.ingest("a", axis(0));
        fixture.ingest("b", at(0.95));
        assertThat(fixture.store.clusters(0.9).get(0).heat()).isCloseTo(0.2, within(1e-9));
        assertThat(fixture.store.clusters(0.96)).isEmpty();
        fixture.ingest("a2", axis(0));
        assertThat(fixture.store.clusters(0.9).get(0).heat()).isCloseTo(0.25, within(1e-9));
        fixture.clock.advance(Duration.ofDays(1));
        assertThat(fixture.store.clusters(0.9).get(0).heat()).isCloseTo(0.125, within(1e-9));
    }

    @Test
    void clusters_tiesAreOrderedByFirstId() {
        fixture.reopen(AnchorStoreSettings.USUAL.withConsolidation(0.99));
        fixture.ingestZeros(3); // with numbered ids, some groups start with a two-digit id
        for (int i = 0; i < 4; i++) {
            fixture.ingest("a" + i, axis(i));
        }
        for (int i = 0; i < 4; i++) {
            float[] near = axis(i);
            near[(i + 1) % 4] = 0.3f;
            fixture.ingest("b" + i, near);
        }
        assertThat(fixture.store.clusters(0.9).stream().map(c -> c.members().get(0)))
                .hasSize(4)
                .isSorted();
    }
}
