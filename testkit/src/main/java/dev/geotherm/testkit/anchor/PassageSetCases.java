package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Ingested;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Random sets of passages with similar, equal and all-zero embeddings, and assertions that compare stores. */
final class PassageSetCases {
    private static final int LENGTH = 6;

    private final AnchorStoreFixture fixture;
    private final Instant start;

    PassageSetCases(AnchorStoreFixture fixture) {
        this.fixture = fixture;
        start = fixture.clock.instant();
    }

    /**
     * One passage.
     *
     * @param second the time of ingestion, in seconds from the start
     */
    @SuppressWarnings("ArrayRecordComponent") // each passage has its own array, so identity is equality
    record Given(String id, float[] embedding, int second) {}

    /** Returns passages around a few centres. Most are similar to others, some are equal, some are all zeros. */
    static List<Given> passages(Random random, int count) {
        List<float[]> centres = new ArrayList<>();
        for (int i = 0; i < 1 + count / 12; i++) {
            centres.add(random(random, LENGTH));
        }
        List<Given> passages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] embedding = centres.get(random.nextInt(centres.size())).clone();
            int kind = random.nextInt(10);
            if (kind == 0) {
                embedding = new float[LENGTH];
            } else if (kind > 2) {
                float[] noise = random(random, LENGTH);
                for (int j = 0; j < LENGTH; j++) {
                    embedding[j] += 0.6f * noise[j];
                }
            }
            passages.add(new Given("p" + random.nextInt(1_000_000) + "-" + i, embedding, random.nextInt(100_000)));
        }
        return passages;
    }

    /** Ingests a passage at its time. */
    Ingested ingest(AnchorStore store, Given passage) {
        setClock(passage.second());
        return store.ingest(fixture.now(AnchorStoreFixture.fragment(passage.id())), passage.embedding());
    }

    /** Sets the clock to a time after all passages. */
    void setClockToTheEnd() {
        setClock(200_000);
    }

    private void setClock(int second) {
        fixture.clock.advance(Duration.between(fixture.clock.instant(), start.plusSeconds(second)));
    }

    /** Returns the anchor of each passage. */
    static Map<String, AnchorId> anchors(AnchorStore store, List<Given> passages) {
        Map<String, AnchorId> anchors = new TreeMap<>();
        passages.forEach(passage -> store.anchorOf(passage.id()).ifPresent(id -> anchors.put(passage.id(), id)));
        return anchors;
    }

    /** Applies the reassignments that an operation reports to a copy of the anchors. */
    static void apply(Map<String, Optional<AnchorId>> reassigned, Map<String, AnchorId> anchors) {
        reassigned.forEach((passage, anchor) -> {
            assertThat(anchors).as("passage with an anchor before").containsKey(passage);
            assertThat(anchor).as("another anchor").isNotEqualTo(Optional.ofNullable(anchors.get(passage)));
            anchor.ifPresentOrElse(id -> anchors.put(passage, id), () -> anchors.remove(passage));
        });
    }

    /** Asserts that two stores have the same passages and anchors, to the last bit. */
    static void assertSame(AnchorStore store, AnchorStore expected, List<Given> passages) {
        assertThat(anchors(store, passages))
                .isEqualTo(anchors(expected, passages))
                .hasSize(passages.size());
        List<Anchor> own = store.anchors();
        List<Anchor> others = expected.anchors();
        assertThat(own).hasSameSizeAs(others);
        for (int i = 0; i < own.size(); i++) {
            Anchor anchor = own.get(i);
            Anchor other = others.get(i);
            assertThat(anchor.id()).isEqualTo(other.id());
            assertThat(anchor.text()).isEqualTo(other.text());
            assertThat(anchor.embedding()).containsExactly(other.embedding());
            assertThat(anchor.drift()).isEqualTo(other.drift());
            assertThat(anchor.heat()).isEqualTo(other.heat());
            assertThat(anchor.provenance()).isEqualTo(other.provenance());
        }
        assertThat(store.size()).isEqualTo(expected.size());
        assertThat(store.metrics().passages()).isEqualTo(passages.size());
        assertThat(store.clusters(0.7)).isEqualTo(expected.clusters(0.7));
    }
}
