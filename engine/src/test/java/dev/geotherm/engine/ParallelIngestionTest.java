package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelIngestionTest {
    private static final int DOCUMENTS = 1_200;

    @TempDir
    private Path scratch;

    /** Anchors with their passages, and those of each passage in the index. */
    private record Content(Map<String, List<String>> anchors, Map<String, String> passages) {}

    private Content ingest(int workers) throws Exception {
        Path own = scratch.resolve("with-" + workers);
        try (Platform platform = TestPlatform.start(
                        own.resolve("work"),
                        "streaming.workers=" + workers,
                        "anchors.consolidation=0.5",
                        "anchors.keepUtterances=10000");
                Knowledge knowledge = Knowledge.open(platform, own.resolve("knowledge"))) {
            IngestionResult result =
                    knowledge.ingest(ListCorpus.random(DOCUMENTS, 0, 7), Progress.none(), Cancellation.never());
            assertThat(result.deadLetters()).isZero();
            assertThat(knowledge.verify(Progress.none(), Cancellation.never()).problems())
                    .isEmpty();
            Map<String, List<String>> anchors = new TreeMap<>();
            knowledge
                    .anchors()
                    .forEach(anchor ->
                            anchors.put(anchor.id().value(), anchor.provenance().utterances()));
            Map<String, String> passages = new TreeMap<>();
            knowledge
                    .generations
                    .current()
                    .index()
                    .forEach(passage -> passages.put(passage.id(), String.valueOf(passage.anchor())));
            return new Content(anchors, passages);
        }
    }

    @Test
    void ingest_withSeveralWorkersGivesTheSameAsWithOne() throws Exception {
        Content one = ingest(1);
        assertThat(one.passages()).hasSize(DOCUMENTS);
        assertThat(one.anchors().size()).as("passages share anchors").isLessThan(DOCUMENTS);
        assertThat(ingest(4)).isEqualTo(one);
    }
}
