package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Ingested;
import dev.geotherm.api.anchor.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about ingestion: what is created, what is reinforced, what is kept of it. */
abstract class AnchorStoreIngestClauses extends AnchorStoreFixture {

    @Nested
    final class CreateOrReinforce {
        @Test
        void theFirstFragmentCreates() {
            Ingested ingested = ingest("f1", axis(0));
            assertThat(ingested.created()).isTrue();
            assertThat(store.size()).isEqualTo(1);
            assertThat(anchor(ingested.anchor()).heat()).isEqualTo(0.2);
            assertThat(anchor(ingested.anchor()).drift()).isZero();
        }

        @Test
        void aSimilarFragmentReinforces() {
            AnchorId first = ingest("f1", axis(0)).anchor();
            assertThat(ingest("f2", at(0.9))).isEqualTo(new Ingested(first, false));
            assertThat(store.size()).isEqualTo(1);
        }

        @Test
        void aFragmentJustBelowTheThresholdCreates() {
            ingest("f1", axis(0));
            assertThat(ingest("f2", at(0.79)).created()).isTrue();
        }

        @Test
        void aFragmentAtTheThresholdReinforces() {
            under(AnchorRules.USUAL.withConsolidation(0.6));
            ingest("f1", axis(0));
            assertThat(ingest("f2", 0.6f, 0.8f, 0, 0).created()).isFalse();
        }

        @Test
        void theNearestIsReinforced() {
            AnchorId far = ingest("far", at(0.86)).anchor();
            AnchorId near =
                    ingest("near", 0.9f, 0, (float) Math.sqrt(1 - 0.81), 0).anchor();
            assertThat(near).isNotEqualTo(far);
            assertThat(ingest("f", axis(0)).anchor()).isEqualTo(near);
        }

        @Test
        void anAllZeroEmbeddingAlwaysCreates() {
            assertThat(ingest("f1", new float[4]).created()).isTrue();
            assertThat(ingest("f2", new float[4]).created()).isTrue();
            assertThat(ingest("f3", axis(0)).created()).isTrue();
            assertThat(store.size()).isEqualTo(3);
        }

        @Test
        void anEqualEmbeddingIsAlwaysFound() {
            under(AnchorRules.USUAL.withConsolidation(1));
            Random random = new Random(1);
            List<float[]> embeddings = new ArrayList<>();
            List<AnchorId> ids = new ArrayList<>();
            for (int i = 0; i < 800; i++) {
                embeddings.add(random(random, 32));
                ids.add(ingest("f" + i, embeddings.get(i)).anchor());
            }
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < embeddings.size(); i++) {
                    assertThat(ingest("again" + i, embeddings.get(i))).isEqualTo(new Ingested(ids.get(i), false));
                }
            }
        }

        @Test
        void theNearestIsFoundWithoutLookingAtEveryAnchor() {
            under(AnchorRules.USUAL.withConsolidation(0.95));
            Random random = new Random(2);
            int count = 1_500;
            for (int i = 0; i < count; i++) {
                ingest("f" + i, random(random, 64));
            }
            assertThat(store.size()).isEqualTo(count);
            assertThat(store.metrics().compared()).isLessThan((long) count * (count - 1) / 4);
        }
    }

    @Nested
    final class Reinforcement {
        @Test
        void heatRisesByAStepUpToOne() {
            AnchorId id = ingest("f0", axis(0)).anchor();
            for (int i = 1; i <= 9; i++) {
                ingest("f" + i, axis(0));
                assertThat(anchor(id).heat()).isCloseTo(Math.min(1, 0.2 + 0.1 * i), within(1e-9));
            }
            assertThat(anchor(id).heat()).isEqualTo(1);
        }

        @Test
        void theEmbeddingMovesByItsWeight() {
            AnchorId id = ingest("f1", axis(0)).anchor();
            float[] other = at(0.9);
            ingest("f2", other);
            double x = 0.7 + 0.3 * other[0];
            double y = 0.3 * other[1];
            double length = Math.hypot(x, y);
            assertThat(anchor(id).embedding()[0]).isCloseTo((float) (x / length), within(1e-5f));
            assertThat(anchor(id).embedding()[1]).isCloseTo((float) (y / length), within(1e-5f));
        }

        @Test
        void driftIsTheDistanceFromTheBeginning() {
            AnchorId id = ingest("f1", axis(0)).anchor();
            for (int i = 0; i < 5; i++) {
                ingest("g" + i, at(0.9));
                assertThat(anchor(id).drift())
                        .isCloseTo(1 - dot(axis(0), anchor(id).embedding()), within(1e-5));
            }
            assertThat(anchor(id).drift()).isPositive();
        }

        @Test
        void anAnchorIsFoundWhereItHasMovedTo() {
            AnchorId id = ingest("f1", axis(0)).anchor();
            for (int i = 0; i < 40; i++) {
                float[] there = anchor(id).embedding().clone();
                double angle = Math.atan2(there[1], there[0]) + 0.3;
                float[] next = {(float) Math.cos(angle), (float) Math.sin(angle), 0, 0};
                assertThat(ingest("g" + i, next)).isEqualTo(new Ingested(id, false));
                assertThat(ingest("h" + i, anchor(id).embedding())).isEqualTo(new Ingested(id, false));
            }
            float[] opposite = anchor(id).embedding().clone();
            opposite[0] = -opposite[0];
            opposite[1] = -opposite[1];
            assertThat(ingest("o", opposite).created()).isTrue();
        }
    }

    @Nested
    final class Input {
        @Test
        void embeddingsAreCopied() {
            float[] embedding = axis(0);
            AnchorId id = ingest("f1", embedding).anchor();
            embedding[0] = 0;
            embedding[1] = 1;
            assertThat(anchor(id).embedding()).containsExactly(axis(0));
            assertThat(ingest("f2", axis(0)).anchor()).isEqualTo(id);
        }

        @Test
        void embeddingsAreBroughtToLengthOne() {
            AnchorId id = ingest("f1", 3, 0, 4, 0).anchor();
            assertThat(anchor(id).embedding()).containsExactly(new float[] {0.6f, 0, 0.8f, 0}, within(1e-6f));
            assertThat(ingest("f2", 30, 0, 40, 0).anchor()).isEqualTo(id);
        }

        @Test
        void anEmbeddingOfAnotherLengthIsRefused() {
            ingest("f1", axis(0));
            assertThatIllegalArgumentException().isThrownBy(() -> ingest("f2", new float[5]));
            assertThat(store.size()).isEqualTo(1);
            assertThat(store.metrics().ingested()).isEqualTo(1);
        }

        @Test
        void numbersThatAreNotFiniteAreRefused() {
            assertThatIllegalArgumentException().isThrownBy(() -> ingest("f1", 1, Float.NaN));
            assertThatIllegalArgumentException().isThrownBy(() -> ingest("f1", 1, Float.NEGATIVE_INFINITY));
            assertThat(store.size()).isZero();
            assertThat(pools.held()).isZero();
            assertThat(ingest("f2", axis(0)).created()).isTrue();
        }
    }

    @Nested
    final class Origins {
        @Test
        void timesAreOfTheStoresClock() {
            Instant before = clock.instant();
            AnchorId id = ingest("f1", axis(0)).anchor();
            clock.advance(Duration.ofHours(1));
            ingest("f2", axis(0));
            Provenance provenance = anchor(id).provenance();
            assertThat(provenance.firstSeen()).isEqualTo(before);
            assertThat(provenance.lastSeen()).isEqualTo(before.plus(Duration.ofHours(1)));
        }

        @Test
        void theFirstUtterancesAndTheLastReinforcementsAreKept() {
            AnchorId id = ingest("f0", axis(0)).anchor();
            for (int i = 1; i <= 5; i++) {
                clock.advance(Duration.ofSeconds(1));
                ingest("f" + i, axis(0));
            }
            Provenance provenance = anchor(id).provenance();
            assertThat(provenance.utterances()).containsExactly("f0", "f1", "f2");
            assertThat(provenance.updates()).isEqualTo(5);
            assertThat(provenance.history().stream().map(Provenance.Reinforcement::utterance))
                    .containsExactly("f4", "f5");
            assertThat(provenance.history().get(1).at()).isEqualTo(clock.instant());
        }

        @Test
        void theSimilarityIsThatBeforeTheMove() {
            AnchorId id = ingest("f0", axis(0)).anchor();
            ingest("f1", at(0.9));
            assertThat(anchor(id).provenance().history().get(0).similarity()).isCloseTo(0.9, within(1e-5));
        }

        @Test
        void theCreatorsMetadataAreTheContext() {
            AnchorId id = ingest("f0", axis(0)).anchor();
            ingest("f1", axis(0));
            assertThat(anchor(id).provenance().context()).isEqualTo(Map.of("source", "f0"));
            assertThat(anchor(id).text()).isEqualTo("text of f0");
        }
    }

    @Nested
    final class Scrubbing {
        private static final String PERSONAL =
                "Write to jane.doe@example.org or call +49 30 901820, pay DE89 3704 0044 0532 0130 00, from 192.168.7.13";

        @Test
        void personalDataAreScrubbed() {
            assertThat(store.scrub(PERSONAL))
                    .startsWith("Write to ")
                    .contains(" or call ")
                    .doesNotContain("jane", "example.org", "901820", "3704", "192.168");
        }

        @Test
        void scrubbingTwiceIsScrubbingOnce() {
            String once = store.scrub(PERSONAL);
            assertThat(store.scrub(once)).isEqualTo(once);
        }

        @Test
        void ordinaryTextsAreLeftAlone() {
            for (String text :
                    List.of("", "wings at Mach 2.5 in 1958", "1,234,567.89 items; 12:30:45; §5.1.2", "a@b")) {
                assertThat(store.scrub(text)).isEqualTo(text);
            }
        }

        @Test
        void keptTextsAreScrubbed() {
            AnchorId id = store.ingest(fragment("f1", PERSONAL), axis(0)).anchor();
            assertThat(anchor(id).text()).isEqualTo(store.scrub(PERSONAL));
            assertThat(store.metrics().scrubbed()).isPositive();
        }

        @Test
        void nothingIsScrubbedWhereTheRulesSaySo() {
            under(AnchorRules.USUAL.withoutScrubbing());
            AnchorId id = store.ingest(fragment("f1", PERSONAL), axis(0)).anchor();
            assertThat(anchor(id).text()).isEqualTo(PERSONAL);
            assertThat(store.scrub(PERSONAL)).isEqualTo(PERSONAL);
        }
    }

    @Nested
    final class LookUps {
        @Test
        void anUnknownIdFindsNothing() {
            assertThat(store.find(new AnchorId("unknown"))).isEmpty();
        }

        @Test
        void anchorsAreInTheOrderOfIds() {
            ingestZeros(12);
            assertThat(store.anchors().stream().map(Anchor::id)).hasSize(12).isSorted();
        }

        @Test
        void whatWasReturnedDoesNotChange() {
            AnchorId id = ingest("f1", axis(0)).anchor();
            Anchor before = anchor(id);
            ingest("f2", at(0.9));
            assertThat(before.embedding()).containsExactly(axis(0));
            assertThat(before.heat()).isEqualTo(0.2);
            assertThat(before.provenance().utterances()).containsExactly("f1");
        }

        @Test
        void theMostSimilarIsFirst() {
            AnchorId far = ingest("far", axis(3)).anchor();
            AnchorId middle = ingest("middle", at(0.5)).anchor();
            AnchorId near = ingest("near", axis(0)).anchor();
            assertThat(store.nearest(new float[] {2, 0, 0, 0.01f}, 5).stream().map(s -> s.anchor()))
                    .containsExactly(near, middle, far);
            assertThat(store.nearest(axis(0), 1)).hasSize(1);
            assertThat(store.nearest(axis(0), 5).get(1).similarity()).isCloseTo(0.5, within(1e-5));
        }

        @Test
        void equallySimilarAnchorsAreInTheOrderOfIds() {
            ingestZeros(8); // where ids are numbered, the tenth comes before the ninth
            AnchorId one = ingest("one", 1, 2, 0, 0).anchor();
            AnchorId two = ingest("two", 1, -2, 0, 0).anchor();
            assertThat(store.nearest(axis(0), 2).stream().map(s -> s.anchor()))
                    .containsExactlyElementsOf(sorted(one, two));
        }

        @Test
        void nothingIsNearToAllZeros() {
            ingest("one", axis(1));
            ingest("zero", new float[4]);
            assertThat(store.nearest(new float[4], 5)).isEmpty();
            assertThat(store.nearest(axis(1), 5)).hasSize(1);
        }

        @Test
        void wrongLookUpsAreRefused() {
            ingest("one", axis(1));
            assertThatIllegalArgumentException().isThrownBy(() -> store.nearest(axis(1), 0));
            assertThatIllegalArgumentException().isThrownBy(() -> store.nearest(new float[3], 1));
        }
    }
}
