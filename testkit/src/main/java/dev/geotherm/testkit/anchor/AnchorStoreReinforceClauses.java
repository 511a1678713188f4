package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.at;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.axis;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Ingested;
import dev.geotherm.api.anchor.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about reinforcement and provenance. */
abstract class AnchorStoreReinforceClauses {
    private final AnchorStoreFixture fixture;

    AnchorStoreReinforceClauses(AnchorStoreFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void reinforce_raisesHeatByAStepUpToOne() {
        AnchorId id = fixture.ingest("f0", axis(0)).anchor();
        for (int i = 1; i <= 9; i++) {
            fixture.ingest("f" + i, axis(0));
            assertThat(fixture.anchor(id).heat()).isCloseTo(Math.min(1, 0.2 + 0.1 * i), within(1e-9));
        }
        assertThat(fixture.anchor(id).heat()).isEqualTo(1);
    }

    @Test
    void reinforce_movesTheEmbeddingByItsWeight() {
        AnchorId id = fixture.ingest("f1", axis(0)).anchor();
        float[] other = at(0.9);
        fixture.ingest("f2", other);
        double x = 0.7 + 0.3 * other[0];
        double y = 0.3 * other[1];
        double length = Math.hypot(x, y);
        assertThat(fixture.anchor(id).embedding()[0]).isCloseTo((float) (x / length), within(1e-5f));
        assertThat(fixture.anchor(id).embedding()[1]).isCloseTo((float) (y / length), within(1e-5f));
    }

    @Test
    void reinforce_driftIsTheDistanceFromTheFirstEmbedding() {
        AnchorId id = fixture.ingest("f1", axis(0)).anchor();
        for (int i = 0; i < 5; i++) {
            fixture.ingest("g" + i, at(0.9));
            assertThat(fixture.anchor(id).drift())
                    .isCloseTo(1 - dot(axis(0), fixture.anchor(id).embedding()), within(1e-5));
        }
        assertThat(fixture.anchor(id).drift()).isPositive();
    }

    @Test
    void reinforce_movedAnchorIsFound() {
        AnchorId id = fixture.ingest("f1", axis(0)).anchor();
        for (int i = 0; i < 40; i++) {
            float[] there = fixture.anchor(id).embedding().clone();
            double angle = Math.atan2(there[1], there[0]) + 0.3;
            float[] next = {(float) Math.cos(angle), (float) Math.sin(angle), 0, 0};
            assertThat(fixture.ingest("g" + i, next)).isEqualTo(new Ingested(id, false));
            assertThat(fixture.ingest("h" + i, fixture.anchor(id).embedding())).isEqualTo(new Ingested(id, false));
        }
        float[] opposite = fixture.anchor(id).embedding().clone();
        opposite[0] = -opposite[0];
        opposite[1] = -opposite[1];
        assertThat(fixture.ingest("o", opposite).created()).isTrue();
    }

    @Test
    void provenance_timesAreOfTheStoresClock() {
        Instant before = fixture.clock.instant();
        AnchorId id = fixture.ingest("f1", axis(0)).anchor();
        fixture.clock.advance(Duration.ofHours(1));
        fixture.ingest("f2", axis(0));
        Provenance provenance = fixture.anchor(id).provenance();
        assertThat(provenance.firstSeen()).isEqualTo(before);
        assertThat(provenance.lastSeen()).isEqualTo(before.plus(Duration.ofHours(1)));
    }

    @Test
    void provenance_keepsFirstUtterancesAndLastReinforcements() {
        AnchorId id = fixture.ingest("f0", axis(0)).anchor();
        for (int i = 1; i <= 5; i++) {
            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.ingest("f" + i, axis(0));
        }
        Provenance provenance = fixture.anchor(id).provenance();
        assertThat(provenance.utterances()).containsExactly("f0", "f1", "f2");
        assertThat(provenance.updates()).isEqualTo(5);
        assertThat(provenance.history().stream().map(Provenance.Reinforcement::utterance))
                .containsExactly("f4", "f5");
        assertThat(provenance.history().get(1).at()).isEqualTo(fixture.clock.instant());
    }

    @Test
    void provenance_similarityIsThatBeforeTheMove() {
        AnchorId id = fixture.ingest("f0", axis(0)).anchor();
        fixture.ingest("f1", at(0.9));
        assertThat(fixture.anchor(id).provenance().history().get(0).similarity())
                .isCloseTo(0.9, within(1e-5));
    }

    @Test
    void provenance_contextIsTheFirstFragmentsMetadata() {
        AnchorId id = fixture.ingest("f0", axis(0)).anchor();
        fixture.ingest("f1", axis(0));
        assertThat(fixture.anchor(id).provenance().context()).isEqualTo(Map.of("source", "f0"));
        assertThat(fixture.anchor(id).text()).isEqualTo("text of f0");
    }
}
