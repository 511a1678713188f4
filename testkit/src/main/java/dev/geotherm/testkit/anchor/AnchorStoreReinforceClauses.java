package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.at;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.axis;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about reinforcement and provenance. */
abstract class AnchorStoreReinforceClauses {
    private final AnchorStoreFixture fixture;

    AnchorStoreReinforceClauses(AnchorStoreFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void reinforce_raisesHeatByAStepUpToOne() {
        fixture.ingest("f0", axis(0));
        for (int i = 1; i <= 9; i++) {
            fixture.ingest("f" + i, axis(0));
            assertThat(fixture.anchorOf("f0").heat()).isCloseTo(Math.min(1, 0.2 + 0.1 * i), within(1e-9));
        }
        assertThat(fixture.anchorOf("f0").heat()).isEqualTo(1);
    }

    @Test
    void reinforce_embeddingIsTheMeanOfAllPassages() {
        fixture.ingest("f1", axis(0));
        float[] other = at(0.9);
        fixture.ingest("f2", other);
        fixture.ingest("f3", other);
        double x = 1 + 2 * other[0];
        double y = 2 * other[1];
        double length = Math.hypot(x, y);
        float[] embedding = fixture.anchorOf("f1").embedding();
        assertThat(embedding[0]).isCloseTo((float) (x / length), within(1e-5f));
        assertThat(embedding[1]).isCloseTo((float) (y / length), within(1e-5f));
    }

    @Test
    void reinforce_driftIsTheDistanceFromTheLeader() {
        fixture.ingest("f1", axis(0));
        for (int i = 0; i < 5; i++) {
            fixture.ingest("g" + i, at(0.9));
            Anchor anchor = fixture.anchorOf("f1");
            float[] leader = anchor.text().equals("text of f1") ? axis(0) : at(0.9);
            assertThat(anchor.drift()).isPositive().isCloseTo(1 - dot(leader, anchor.embedding()), within(1e-5));
        }
    }

    @Test
    void reinforce_equalPassagesDoNotDrift() {
        float[] embedding = {0.3f, 0.1f, 0.7f, 0.2f};
        fixture.ingest("f1", embedding);
        float[] before = fixture.anchorOf("f1").embedding();
        fixture.ingest("f2", embedding);
        fixture.ingest("f3", embedding);
        assertThat(fixture.anchorOf("f1").drift()).isZero();
        assertThat(fixture.anchorOf("f1").embedding()).containsExactly(before);
    }

    @Test
    void provenance_timesAreOfTheStoresClock() {
        Instant before = fixture.clock.instant();
        fixture.ingest("f1", axis(0));
        fixture.clock.advance(Duration.ofHours(1));
        fixture.ingest("f2", axis(0));
        Provenance provenance = fixture.anchorOf("f1").provenance();
        assertThat(provenance.firstSeen()).isEqualTo(before);
        assertThat(provenance.lastSeen()).isEqualTo(before.plus(Duration.ofHours(1)));
    }

    @Test
    void provenance_keepsFirstUtterancesAndLastReinforcements() {
        fixture.ingest("f0", axis(0));
        for (int i = 5; i >= 1; i--) {
            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.ingest("f" + i, axis(0));
        }
        Anchor anchor = fixture.anchorOf("f0");
        Provenance provenance = anchor.provenance();
        assertThat(provenance.utterances()).containsExactly("f0", "f1", "f2");
        assertThat(provenance.updates()).isEqualTo(5);
        List<String> reinforcements = new ArrayList<>(List.of("f0", "f5", "f4", "f3", "f2", "f1"));
        reinforcements.remove(anchor.text().substring("text of ".length()));
        assertThat(provenance.history().stream().map(Provenance.Reinforcement::utterance))
                .containsExactlyElementsOf(reinforcements.subList(3, 5));
        assertThat(provenance.history().get(1).at())
                .isEqualTo(
                        reinforcements.get(4).equals("f1")
                                ? provenance.lastSeen()
                                : provenance.lastSeen().minusSeconds(1));
    }

    @Test
    void provenance_similarityIsThatToTheLeader() {
        fixture.ingest("f0", axis(0));
        fixture.ingest("f1", at(0.9));
        assertThat(fixture.anchorOf("f0").provenance().history().get(0).similarity())
                .isCloseTo(0.9, within(1e-5));
    }

    @Test
    void provenance_contextIsTheLeadersMetadata() {
        fixture.ingest("f0", axis(0));
        fixture.ingest("f1", axis(0));
        Anchor anchor = fixture.anchorOf("f0");
        assertThat(anchor.provenance().context()).hasSize(1);
        assertThat(anchor.text())
                .isEqualTo("text of " + anchor.provenance().context().get("source"));
        assertThat(anchor.id()).isEqualTo(fixture.store.anchorOf("f1").orElseThrow());
    }
}
