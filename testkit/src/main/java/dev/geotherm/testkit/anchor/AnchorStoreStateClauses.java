package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.at;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.axis;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.random;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.testkit.RandomCases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about the tracked state. */
abstract class AnchorStoreStateClauses {
    private final AnchorStoreFixture fixture;

    AnchorStoreStateClauses(AnchorStoreFixture fixture) {
        this.fixture = fixture;
    }

    private JsonNode json() {
        return fixture.store.state().snapshot().toJson();
    }

    @Test
    void state_isThatOfTheLastCommit() {
        assertThat(json().path("anchors").isObject()).isTrue();
        AnchorId id = fixture.ingest("f1", axis(0)).anchor();
        assertThat(json().path("anchors")).isEmpty();
        fixture.store.commit();
        fixture.ingest("f2", at(0.9));
        assertThat(json().at("/anchors/" + id + "/updates").asLong()).isZero();
    }

    @Test
    void commit_writesAllMembers() {
        fixture.ingest("f1", axis(0));
        fixture.clock.advance(Duration.ofSeconds(1));
        AnchorId id = fixture.ingest("f2", at(0.9)).anchor();
        fixture.store.commit();
        assertShows(json().path("anchors").path(id.value()), fixture.anchor(id));
    }

    @Test
    void commit_isOneRevision() {
        fixture.ingest("f1", axis(0));
        fixture.ingest("f2", axis(1));
        RevisionDelta delta = fixture.store.commit();
        assertThat(delta.base()).isZero();
        assertThat(delta.revision())
                .isEqualTo(1)
                .isEqualTo(fixture.store.state().revision());
    }

    @Test
    void commit_withoutChangesIsEmpty() {
        fixture.ingest("f1", axis(0));
        fixture.store.commit();
        assertThat(fixture.store.commit().delta().isEmpty()).isTrue();
        assertThat(fixture.store.state().revision()).isEqualTo(1);
    }

    @Test
    void commit_writesOnlyChangedMembers() {
        for (int i = 0; i < 4; i++) {
            fixture.ingest("f" + i, axis(i));
        }
        fixture.store.commit();
        fixture.clock.advance(Duration.ofSeconds(1));
        AnchorId id = fixture.store.anchorOf(fixture.reinforce(axis(2))).orElseThrow();
        assertThat(fixture.store.commit().delta().changes())
                .isNotEmpty()
                .hasSizeLessThan(10)
                .allSatisfy(change -> assertThat(change.path().toString()).startsWith("/anchors/" + id + "/"));
    }

    @Test
    void commit_omitsAnchorsEvictedBeforeIt() {
        fixture.ingest("f", axis(0));
        fixture.clock.advance(Duration.ofDays(31));
        fixture.store.evict();
        assertThat(fixture.store.commit().delta().isEmpty()).isTrue();
    }

    @Test
    void commit_deltasReplayToTheState() {
        RandomCases.run(5, random -> {
            fixture.reopen(AnchorStoreSettings.USUAL);
            JsonNode replayed = json();
            for (int step = 0; step < 60; step++) {
                doSomething(random, step);
                if (random.nextInt(3) == 0) {
                    fixture.store.decay();
                    RevisionDelta delta = fixture.store.commit();
                    replayed = delta.delta().applyTo(replayed);
                    assertThat(replayed).isEqualTo(json());
                    assertShowsAll(replayed);
                }
            }
        });
    }

    private void doSomething(Random random, int step) {
        switch (random.nextInt(8)) {
            case 0 -> fixture.clock.advance(Duration.ofHours(random.nextInt(100)));
            case 1 -> fixture.store.remove(List.of("f" + random.nextInt(step + 1)));
            case 2 -> fixture.store.evict();
            default -> {
                float[] embedding = random.nextInt(10) == 0 ? new float[4] : random(random, 4);
                fixture.ingest("f" + step, embedding);
            }
        }
    }

    private void assertShowsAll(JsonNode state) {
        JsonNode anchors = state.path("anchors");
        assertThat(anchors).hasSize(fixture.store.size());
        for (Anchor anchor : fixture.store.anchors()) {
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
