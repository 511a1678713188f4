package dev.geotherm.testkit.anchor;

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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about the tracked state: when it changes, what it shows. */
abstract class AnchorStoreStateClauses extends AnchorStoreSweepClauses {

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
}
