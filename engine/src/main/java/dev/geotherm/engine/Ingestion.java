package dev.geotherm.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.cli.Json;
import dev.geotherm.cli.corpus.Corpus;
import dev.geotherm.cli.corpus.Document;
import dev.geotherm.profiles.runtime.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The first half of the main job: documents become fragments, anchors, passages and deltas. */
final class Ingestion {
    private static final Duration BEAT = Duration.ofMillis(200);

    private final Corpus corpus;
    private final Platform platform;
    private final Progress progress;
    private final Cancellation cancellation;

    Ingestion(Corpus corpus, Platform platform, Progress progress, Cancellation cancellation) {
        this.corpus = corpus;
        this.platform = platform;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * What came of it.
     *
     * @param corpus counts of what was read
     * @param fingerprint a hash of all documents
     * @param deltas what the delta log holds
     * @param pipeline the pipeline's metrics at its end
     * @param vectors the metrics of the pool of vectors at its end
     */
    record Result(ObjectNode corpus, String fingerprint, DeltaLog.Totals deltas, JsonNode pipeline, JsonNode vectors) {}

    Result run(Path deltaFile, Path deadLetterFile) throws IOException, InterruptedException {
        AnchorStore anchors = platform.anchors();
        ContentHash hash = new ContentHash();
        Counts counts = new Counts();
        try (ObjectPool<VectorRows> vectors = platform.pools()
                        .open(
                                "vectors",
                                VectorRows.allocator(platform.embedder().dimension()));
                DeltaLog deltas = new DeltaLog(
                        deltaFile,
                        () -> anchors.state().snapshot(),
                        platform.differ().codec());
                DeadLetterFile dead = new DeadLetterFile(deadLetterFile)) {
            AnchorIngestion processor =
                    new AnchorIngestion(platform.embedder(), anchors, platform.retriever(), vectors, deltas);
            JsonNode metrics;
            try (IngestionPipeline<String> pipeline = platform.pipelines().open("ingestion", processor, dead)) {
                progress.phase(() -> line(counts.documents.get(), pipeline.metrics()));
                feed(pipeline, hash, counts);
                while (!pipeline.drain(BEAT)) {
                    cancellation.throwIfRequested();
                }
                metrics = Json.MAPPER.valueToTree(pipeline.metrics());
            }
            deltas.append(anchors::commit); // what a batch did that failed after it
            platform.retriever().refresh();
            dead.commit();
            JsonNode pool = Json.MAPPER.valueToTree(vectors.metrics());
            return new Result(counts.toJson(corpus), hash.hex(), deltas.commit(), metrics, pool);
        }
    }

    private void feed(IngestionPipeline<String> pipeline, ContentHash hash, Counts counts) throws InterruptedException {
        DocumentFragments fragments = new DocumentFragments(Instant.now());
        try (Stream<Document> documents = corpus.documents()) {
            for (Iterator<Document> each = documents.iterator(); each.hasNext(); ) {
                cancellation.throwIfRequested();
                Document document = each.next();
                hash.add(document.id()).add(document.title()).add(document.text());
                for (Fragment<String> fragment : fragments.of(document)) {
                    pipeline.put(fragment);
                    counts.fragments.incrementAndGet();
                }
                counts.documents.incrementAndGet();
                counts.empty.addAndGet(document.isEmpty() ? 1 : 0);
            }
        }
    }

    private String line(int documents, PipelineMetrics metrics) {
        return String.format(
                Locale.ROOT,
                "ingest %,d of %,d documents, %,.0f/s, queue %d%%, backpressure %s",
                documents,
                corpus.size(),
                metrics.perSecond(),
                metrics.capacity() == 0 ? 0 : 100L * metrics.queued() / metrics.capacity(),
                metrics.level().name().toLowerCase(Locale.ROOT));
    }

    /** What was read so far; written by one thread, read by those that show it. */
    private static final class Counts {
        private final AtomicInteger documents = new AtomicInteger();
        private final AtomicInteger empty = new AtomicInteger();
        private final AtomicInteger fragments = new AtomicInteger();

        ObjectNode toJson(Corpus corpus) {
            ObjectNode json = Json.MAPPER
                    .createObjectNode()
                    .put("name", corpus.name())
                    .put("documents", documents.get())
                    .put("emptyDocuments", empty.get())
                    .put("fragments", fragments.get())
                    .put("queries", corpus.queries().size())
                    .put("judgements", corpus.judgements().size());
            corpus.notes().forEach(json.putArray("notes")::add);
            return json;
        }
    }
}
