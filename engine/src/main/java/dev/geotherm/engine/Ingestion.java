package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.Document;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The ingestion of corpora: documents become fragments, anchors, passages and deltas. For one caller at a time. */
final class Ingestion {
    private static final Duration POLL = Duration.ofMillis(200);

    private final IngestionPipelines pipelines;
    private final AnchorStore anchors;
    private final PassageIndex index;
    private final AnchorIngestion processor;
    private final DeltaLog deltas;
    private final DeadLetterFile deadLetters;

    @Inject
    Ingestion(
            IngestionPipelines pipelines,
            AnchorStore anchors,
            PassageIndex index,
            AnchorIngestion processor,
            DeltaLog deltas,
            DeadLetterFile deadLetters) {
        this.pipelines = pipelines;
        this.anchors = anchors;
        this.index = index;
        this.processor = processor;
        this.deltas = deltas;
        this.deadLetters = deadLetters;
    }

    IngestionResult run(Corpus corpus, Progress progress, Cancellation cancellation) throws InterruptedException {
        long start = System.nanoTime();
        deltas.recover();
        deadLetters.recover();
        long deadBefore = deadLetters.count();
        ContentHash hash = new ContentHash();
        Counts counts = new Counts();
        try (IngestionPipeline<String> pipeline = pipelines.open("ingestion", processor, deadLetters)) {
            progress.begin(() -> step(counts.documents.get(), corpus.size(), pipeline.metrics()));
            feed(corpus, pipeline, hash, counts, cancellation);
            while (!pipeline.drain(POLL)) {
                cancellation.throwIfRequested();
                throwIfFailed();
            }
        }
        throwIfFailed();
        deltas.append(anchors::commit); // changes by fragments of a batch that failed later
        deltas.force();
        deadLetters.force();
        index.refresh();
        return new IngestionResult(
                counts.documents.get(),
                counts.empty.get(),
                counts.fragments.get(),
                deadLetters.count() - deadBefore,
                hash.hex(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** Stops the ingestion if a worker could not write: its fragments may have become dead letters. */
    private void throwIfFailed() {
        deltas.throwIfFailed();
        deadLetters.throwIfFailed();
    }

    private void feed(
            Corpus corpus,
            IngestionPipeline<String> pipeline,
            ContentHash hash,
            Counts counts,
            Cancellation cancellation)
            throws InterruptedException {
        DocumentFragments fragments = new DocumentFragments(anchors::scrub, Instant.now());
        try (Stream<Document> documents = corpus.documents()) {
            for (Iterator<Document> each = documents.iterator(); each.hasNext(); ) {
                cancellation.throwIfRequested();
                throwIfFailed();
                Document document = each.next();
                hash.add(document.id()).add(document.title()).add(document.text());
                for (Fragment<String> fragment : fragments.of(document)) {
                    put(pipeline, fragment);
                    counts.fragments.incrementAndGet();
                }
                counts.documents.incrementAndGet();
                counts.empty.addAndGet(document.isEmpty() ? 1 : 0);
            }
        }
        if (counts.documents.get() != corpus.size()) {
            throw new GeothermException("the corpus " + corpus.name() + " has changed: it had " + corpus.size()
                    + " documents when it was opened, and " + counts.documents.get() + " when it was ingested");
        }
    }

    private void put(IngestionPipeline<String> pipeline, Fragment<String> fragment) throws InterruptedException {
        processor.expect(fragment.id());
        boolean accepted = false;
        try {
            var unused = pipeline.submit(fragment).whenComplete((outcome, failure) -> processor.settle(fragment.id()));
            accepted = true;
        } finally {
            if (!accepted) {
                processor.settle(fragment.id());
            }
        }
    }

    private static Progress.Step step(long documents, long total, PipelineMetrics metrics) {
        return new Progress.Step(
                "ingest",
                "documents",
                documents,
                total,
                metrics.perSecond(),
                String.format(
                        Locale.ROOT,
                        "queue %d %%, backpressure %s",
                        metrics.capacity() == 0 ? 0 : 100L * metrics.queued() / metrics.capacity(),
                        metrics.level().name().toLowerCase(Locale.ROOT)));
    }

    /** The counts of documents and fragments so far; written by one thread, read by the threads that display them. */
    private static final class Counts {
        private final AtomicLong documents = new AtomicLong();
        private final AtomicLong empty = new AtomicLong();
        private final AtomicLong fragments = new AtomicLong();
    }
}
