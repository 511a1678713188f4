package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.engine.ledger.Hash128;
import dev.geotherm.engine.ledger.Ledger.Classification;
import dev.geotherm.engine.ledger.LedgerEntry;
import dev.geotherm.storage.FailureReason;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ingestion of sources: it compares documents with the ledger, and turns new and changed ones into chunks, anchors,
 * passages and deltas. Not thread-safe.
 */
final class Ingestion {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Two workers, so one batch can be embedded or get its anchors while another is indexed. */
    private static final int WORKERS = 2;

    private final IngestionPipelines pipelines;
    private final AnchorStore anchors;
    private final Embedder embedder;
    private final ChunkProcessor processor;
    private final DeadLetterFile deadLetters;
    private final EngineSettings settings;
    private final Clock clock;

    @Inject
    Ingestion(
            IngestionPipelines pipelines,
            AnchorStore anchors,
            Embedder embedder,
            ChunkProcessor processor,
            DeadLetterFile deadLetters,
            EngineSettings settings,
            Clock clock) {
        this.pipelines = pipelines;
        this.anchors = anchors;
        this.embedder = embedder;
        this.processor = processor;
        this.deadLetters = deadLetters;
        this.settings = settings;
        this.clock = clock;
    }

    /** Reindexes all passages if the settings of text analysis have changed. */
    void reindexIfNeeded(KnowledgeStore store, Progress progress) {
        if (store.index().needsReindexing()) {
            progress.begin(() -> new Progress.Step("index again", "passages", 0, 0, 0, ""));
            store.reindex();
        }
    }

    /** Ingests a source into a store and commits. */
    IngestionResult run(
            KnowledgeStore store, Corpus corpus, IngestOptions options, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        IngestionRun run = begin(store, "ingest", corpus.size(), cancellation);
        DocumentComparison comparison = comparison(store, options);
        try {
            process(run, progress, pipeline -> run.feed(corpus, comparison, pipeline));
            if (removesMissing(corpus, options)) {
                run.removeMissing(options.source(), progress);
            }
            commit(store, progress);
            deadLetters.removeObsolete(store.ledger());
            return run.counts().result();
        } catch (IOException failed) {
            throw cannotRead(failed);
        }
    }

    /**
     * Embeds and stores again the documents of another store, except those of one source.
     *
     * @param sameChunks whether both stores have the same chunks; otherwise, the documents count as changed in the next
     *     ingestion of their source
     */
    void copy(
            KnowledgeStore from,
            KnowledgeStore to,
            String except,
            boolean sameChunks,
            Progress progress,
            Cancellation cancellation)
            throws InterruptedException {
        List<LedgerEntry> entries = new ArrayList<>();
        try {
            for (String source : from.ledger().sources()) {
                if (!source.equals(except)) {
                    entries.addAll(from.ledger().entries(source));
                }
            }
            IngestionRun run = begin(to, "embed again", entries.size(), cancellation);
            process(run, progress, pipeline -> run.copy(entries, from.index(), sameChunks, pipeline));
        } catch (IOException failed) {
            throw cannotRead(failed);
        }
        commit(to, progress);
    }

    /** Adds already split documents to a store, and returns their number. */
    long importAll(
            KnowledgeStore store, ImportedDocument.Reader documents, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        return importRun(store, documents, progress, cancellation).done();
    }

    private IngestionCounts importRun(
            KnowledgeStore store, ImportedDocument.Reader documents, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        store.index().refresh();
        IngestionRun run = begin(store, "import", 0, cancellation);
        try {
            process(run, progress, pipeline -> run.importAll(documents, pipeline));
            commit(store, progress);
            deadLetters.removeObsolete(store.ledger());
            return run.counts();
        } catch (IOException failed) {
            throw cannotRead(failed);
        }
    }

    /** Ingests the chunks of dead letters again. */
    ReplayResult replay(KnowledgeStore store, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        try {
            store.index().refresh();
            long obsolete = deadLetters.removeObsolete(store.ledger());
            List<DeadLetterLine> letters = deadLetters.list();
            IngestionRun run = begin(store, "replay", letters.size(), cancellation);
            process(run, progress, pipeline -> run.replay(letters, pipeline));
            commit(store, progress);
            long replayed = deadLetters.removeObsolete(store.ledger());
            return new ReplayResult(replayed, letters.size() - replayed, obsolete);
        } catch (IOException failed) {
            throw cannotRead(failed);
        }
    }

    /** Adds documents of the application to a store, replacing documents with the same ids, and commits. */
    void putAll(KnowledgeStore store, String source, Collection<EmbeddedDocument> documents)
            throws InterruptedException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        SourceKey key = SourceKey.of(source);
        Iterator<ImportedDocument> imported = documents.stream()
                .map(document -> document.scrubbed(anchors).imported(key, now))
                .iterator();
        ImportedDocument.Reader reader = () -> imported.hasNext() ? imported.next() : null;
        long dead = importRun(store, reader, Progress.none(), Cancellation.never())
                .result()
                .deadLetters();
        if (dead > 0) {
            throw new GeothermException(dead + " of " + documents.size()
                    + " documents could not be stored; the file of dead letters says why");
        }
    }

    private IngestionRun begin(KnowledgeStore store, String phase, long total, Cancellation cancellation) {
        IngestionCounts counts = new IngestionCounts(phase, total, store.times());
        return new IngestionRun(store, counts, deadLetters, settings, cancellation);
    }

    /** A producer of chunks. */
    @FunctionalInterface
    private interface Feeder {
        void feed(IngestionPipeline<Chunk> pipeline) throws IOException, InterruptedException;
    }

    private void process(IngestionRun run, Progress progress, Feeder feeder) throws IOException, InterruptedException {
        deadLetters.recover();
        KnowledgeStore store = run.store();
        PipelineSpec<Chunk> spec = PipelineSpec.<Chunk>of("ingestion", batch -> processor.process(batch, store))
                .withListener(run)
                .withWorkers(WORKERS)
                .withoutCloseAtExit() // a cancellation ends the ingestion; the next one continues it
                .withCost(chunk -> chunk.text().text().length())
                .withBytes(chunk -> 2L * chunk.text().text().length());
        try (IngestionPipeline<Chunk> pipeline = pipelines.open(spec)) {
            progress.begin(() -> run.step(pipeline.metrics()));
            boolean complete = false;
            try {
                feeder.feed(pipeline);
                while (!pipeline.drain(POLL)) {
                    run.throwIfEnded();
                    run.commitIfDue();
                }
                run.throwIfFailed();
                complete = true;
            } finally {
                if (!complete) {
                    run.abort();
                }
            }
        } finally {
            if (!store.hasFailed()) {
                store.abandonPending();
            }
        }
        run.throwIfFailed();
    }

    private void commit(KnowledgeStore store, Progress progress) {
        progress.begin(() -> new Progress.Step("commit", "", 0, 0, 0, ""));
        deadLetters.force();
        store.commit();
        long start = System.nanoTime();
        store.index().refresh();
        store.times().add(StageTimes.Stage.COMMIT, start);
    }

    /** Returns the plan of an ingestion. */
    IngestionPlan plan(
            KnowledgeStore store, Corpus corpus, IngestOptions options, Progress progress, Cancellation cancellation) {
        IngestionCounts counts = new IngestionCounts("compare", corpus.size(), new StageTimes());
        progress.begin(counts::step);
        DocumentComparison comparison = comparison(store, options);
        EmbeddingCost cost = new EmbeddingCost();
        try (Stream<Document> documents = corpus.documents()) {
            for (Iterator<Document> each = documents.iterator(); each.hasNext(); ) {
                cancellation.throwIfRequested();
                Document document = each.next();
                Hash128 content = DocumentComparison.content(document);
                Classification classification = comparison.classify(document, content);
                counts.read(document, content, classification);
                if (classification != Classification.UNCHANGED) {
                    comparison.work(document, content, classification).chunks().forEach(cost::add);
                }
                counts.settled();
            }
            long missing = removesMissing(corpus, options)
                    ? store.ledger().unseen(options.source()).size()
                    : 0;
            return counts.plan(missing, cost);
        } catch (IOException failed) {
            throw cannotRead(failed);
        }
    }

    private DocumentComparison comparison(KnowledgeStore store, IngestOptions options) {
        store.index().refresh(); // makes passages of an earlier, incomplete ingestion visible
        return new DocumentComparison(
                SourceKey.of(options.source()),
                store.ledger(),
                store.index(),
                new DocumentChunks(settings.splitter(embedder), text -> scrubbed(text, store.times())),
                embedder.dimension(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private ScrubbedText scrubbed(String text, StageTimes times) {
        long start = System.nanoTime();
        ScrubbedText scrubbed = anchors.scrub(text);
        times.add(StageTimes.Stage.SCRUB, start);
        return scrubbed;
    }

    /** Returns whether to remove missing documents. An incomplete corpus does not show which documents are missing. */
    private static boolean removesMissing(Corpus corpus, IngestOptions options) {
        return !options.keepMissing() && corpus.isComplete();
    }

    private static GeothermException cannotRead(IOException failed) {
        return new GeothermException("cannot read the ledger or the dead letters: " + FailureReason.of(failed), failed);
    }
}
