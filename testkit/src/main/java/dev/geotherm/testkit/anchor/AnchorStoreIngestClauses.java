package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.at;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.axis;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.fragment;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Ingested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about ingestion: created and reinforced anchors, and invalid input. */
abstract class AnchorStoreIngestClauses {
    private final AnchorStoreFixture fixture;

    AnchorStoreIngestClauses(AnchorStoreFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void ingest_firstFragmentCreates() {
        Ingested ingested = fixture.ingest("f1", axis(0));
        assertThat(ingested.created()).isTrue();
        assertThat(fixture.store.size()).isEqualTo(1);
        assertThat(fixture.anchor(ingested.anchor()).heat()).isEqualTo(0.2);
        assertThat(fixture.anchor(ingested.anchor()).drift()).isZero();
    }

    @Test
    void ingest_similarFragmentReinforces() {
        fixture.ingest("f1", axis(0));
        AnchorId anchor = fixture.ingest("f2", at(0.9)).anchor();
        assertThat(fixture.store.size()).isEqualTo(1);
        assertThat(fixture.store.anchorOf("f1")).contains(anchor);
        assertThat(fixture.store.anchorOf("f2")).contains(anchor);
    }

    @Test
    void ingest_belowThresholdCreates() {
        fixture.ingest("f1", axis(0));
        assertThat(fixture.ingest("f2", at(0.79)).created()).isTrue();
    }

    @Test
    void ingest_atThresholdReinforces() {
        fixture.reopen(AnchorStoreSettings.USUAL.withConsolidation(0.6));
        fixture.ingest("f1", axis(0));
        fixture.ingest("f2", 0.6f, 0.8f, 0, 0);
        assertThat(fixture.store.size()).isEqualTo(1);
    }

    @Test
    void ingest_reinforcesTheNearest() {
        fixture.ingest("far", at(0.86));
        AnchorId near =
                fixture.ingest("near", 0.9f, 0, (float) Math.sqrt(1 - 0.81), 0).anchor();
        assertThat(fixture.store.size()).isEqualTo(2);
        String id = fixture.reinforce(axis(0));
        assertThat(fixture.store.anchorOf(id)).contains(near);
    }

    @Test
    void ingest_allZeroEmbeddingAlwaysCreates() {
        assertThat(fixture.ingest("f1", new float[4]).created()).isTrue();
        assertThat(fixture.ingest("f2", new float[4]).created()).isTrue();
        assertThat(fixture.ingest("f3", axis(0)).created()).isTrue();
        assertThat(fixture.store.size()).isEqualTo(3);
    }

    @Test
    void ingest_equalEmbeddingsAlwaysShareAnAnchor() {
        fixture.reopen(AnchorStoreSettings.USUAL.withConsolidation(1));
        Random random = new Random(1);
        List<float[]> embeddings = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            embeddings.add(random(random, 32));
            fixture.ingest("f" + i, embeddings.get(i));
        }
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < embeddings.size(); i++) {
                AnchorId anchor =
                        fixture.ingest(round + "again" + i, embeddings.get(i)).anchor();
                assertThat(fixture.store.anchorOf("f" + i)).contains(anchor);
            }
        }
        assertThat(fixture.store.size()).isEqualTo(300);
    }

    @Test
    void ingest_doesNotCompareEveryAnchor() {
        fixture.reopen(AnchorStoreSettings.USUAL.withConsolidation(0.95));
        Random random = new Random(2);
        int count = 600;
        for (int i = 0; i < count; i++) {
            fixture.ingest("f" + i, random(random, 64));
        }
        assertThat(fixture.store.size()).isEqualTo(count);
        assertThat(fixture.store.metrics().comparisons()).isLessThan((long) count * (count - 1) / 4);
    }

    @Test
    void ingest_copiesTheEmbedding() {
        float[] embedding = axis(0);
        AnchorId id = fixture.ingest("f1", embedding).anchor();
        embedding[0] = 0;
        embedding[1] = 1;
        assertThat(fixture.anchor(id).embedding()).containsExactly(axis(0));
        AnchorId shared = fixture.ingest("f2", axis(0)).anchor();
        assertThat(fixture.store.anchorOf("f1")).contains(shared);
    }

    @Test
    void ingest_normalisesTheEmbedding() {
        AnchorId id = fixture.ingest("f1", 3, 0, 4, 0).anchor();
        assertThat(fixture.anchor(id).embedding()).containsExactly(new float[] {0.6f, 0, 0.8f, 0}, within(1e-6f));
        AnchorId shared = fixture.ingest("f2", 30, 0, 40, 0).anchor();
        assertThat(fixture.store.anchorOf("f1")).contains(shared);
    }

    @Test
    void ingest_repeatedPassageChangesNothing() {
        Ingested first = fixture.ingest("f1", axis(0));
        Anchor before = fixture.anchorOf("f1");
        fixture.clock.advance(Duration.ofHours(1));
        assertThat(fixture.ingest("f1", 2, 0, 0, 0)).isEqualTo(new Ingested(first.anchor(), false, Map.of()));
        assertThat(fixture.anchorOf("f1").provenance()).isEqualTo(before.provenance());
        assertThat(fixture.store.metrics().ingested()).isEqualTo(1);
        assertThat(fixture.store.metrics().passages()).isEqualTo(1);
    }

    @Test
    void ingest_replacesThePassageWithTheSameId() {
        fixture.ingest("f1", axis(0));
        fixture.ingest("f1", axis(1));
        assertThat(fixture.store.metrics().passages()).isEqualTo(1);
        assertThat(fixture.store.size()).isEqualTo(1);
        assertThat(fixture.anchorOf("f1").embedding()).containsExactly(axis(1));
        fixture.clock.advance(Duration.ofHours(1));
        fixture.store.ingest(fixture.now(fragment("f1", "another text")), axis(1));
        assertThat(fixture.store.metrics().passages()).isEqualTo(1);
        assertThat(fixture.anchorOf("f1").text()).isEqualTo("another text");
        assertThat(fixture.anchorOf("f1").provenance().firstSeen()).isEqualTo(fixture.clock.instant());
    }

    @Test
    void ingest_otherLengthIsRefused() {
        fixture.ingest("f1", axis(0));
        assertThatIllegalArgumentException().isThrownBy(() -> fixture.ingest("f2", new float[5]));
        assertThat(fixture.store.size()).isEqualTo(1);
        assertThat(fixture.store.metrics().ingested()).isEqualTo(1);
    }

    @Test
    void ingest_notFiniteIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> fixture.ingest("f1", 1, Float.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> fixture.ingest("f1", 1, Float.NEGATIVE_INFINITY));
        assertThat(fixture.store.size()).isZero();
        assertThat(fixture.pools.held()).isZero();
        assertThat(fixture.ingest("f2", axis(0)).created()).isTrue();
    }
}
