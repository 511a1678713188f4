package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Scheduler;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.profiles.runtime.Injectors;
import dev.geotherm.profiles.runtime.Platform;
import dev.geotherm.storage.FailureReason;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A knowledge engine: ingests corpora into anchors and passages, keeps the state of the anchors as a log of exact deltas,
 * answers queries, and evaluates its answers. It runs over the components of a {@link Platform}, which it does not close.
 *
 * <p>While it is open, upkeep runs at the intervals in {@link UpkeepSettings}: anchors decay and are evicted, and the
 * state and its log are updated.
 *
 * <p>Safe for use by several threads. Ingestion and saving exclude each other; searches and evaluations run
 * concurrently with both. After {@link #close()}, all other methods throw an {@link IllegalStateException}.
 */
public final class Knowledge implements AutoCloseable {
    private final Platform platform;
    private final KnowledgeFolder folder;
    private final PassageIndex index;
    private final DeltaLog deltas;
    private final DeadLetterFile deadLetters;
    private final AnchorIngestion processor;
    private final Ingestion ingestion;
    private final RetrievalEvaluation evaluation;
    private final Upkeep upkeep;
    private volatile boolean closed;
    private volatile String documents = "";
    private boolean ownsFolder;
    private boolean ingested;
    private long saved = -1; // the revisions of the last save

    @Inject
    Knowledge(
            Platform platform,
            KnowledgeFolder folder,
            PassageIndex index,
            DeltaLog deltas,
            DeadLetterFile deadLetters,
            AnchorIngestion processor,
            Ingestion ingestion,
            RetrievalEvaluation evaluation,
            Upkeep upkeep) {
        this.platform = platform;
        this.folder = folder;
        this.index = index;
        this.deltas = deltas;
        this.deadLetters = deadLetters;
        this.processor = processor;
        this.ingestion = ingestion;
        this.evaluation = evaluation;
        this.upkeep = upkeep;
    }

    /**
     * Opens a knowledge engine with the upkeep of the profile. Only one can be open over a platform at a time.
     *
     * <p>Nothing is loaded from an earlier use of the folder: the engine starts with the anchors and passages of the
     * platform. The earlier files stay until this engine is closed after an ingestion, which replaces them.
     *
     * @param folder the folder for its files; created if it is missing, otherwise it must be empty or from an earlier
     *     use
     * @throws GeothermException if an engine is open over the platform, or the folder cannot be written, holds other
     *     files, or is in use
     */
    public static Knowledge open(Platform platform, Path folder) {
        return open(platform, folder, upkeep(platform));
    }

    /** Opens a knowledge engine; otherwise as {@link #open(Platform, Path)}. */
    public static Knowledge open(Platform platform, Path folder, UpkeepSettings upkeep) {
        return open(platform, folder, upkeep, scheduler(platform));
    }

    static Knowledge open(Platform platform, Path folder, UpkeepSettings upkeep, Scheduler scheduler) {
        EngineClaim.requireFree(platform);
        KnowledgeFolder opened = KnowledgeFolder.open(folder);
        try {
            Knowledge knowledge = open(platform, opened, upkeep, scheduler);
            knowledge.ownsFolder = true;
            return knowledge;
        } catch (RuntimeException | Error failed) {
            try {
                opened.close();
            } catch (IOException too) {
                failed.addSuppressed(too);
            }
            throw failed;
        }
    }

    /** Opens an engine with the profile's upkeep in a folder that the caller publishes and closes. */
    static Knowledge open(Platform platform, KnowledgeFolder folder) {
        return open(platform, folder, upkeep(platform), scheduler(platform));
    }

    private static UpkeepSettings upkeep(Platform platform) {
        return platform.configuration().section(UpkeepSettings.class);
    }

    static Knowledge open(Platform platform, KnowledgeFolder folder, UpkeepSettings upkeep, Scheduler scheduler) {
        EngineClaim.acquire(platform, folder.path());
        try {
            return Injectors.create(new KnowledgeModule(platform, folder, upkeep, scheduler))
                    .getInstance(Knowledge.class);
        } catch (RuntimeException | Error failed) {
            EngineClaim.release(platform);
            throw failed;
        }
    }

    private static Scheduler scheduler(Platform platform) {
        return platform.context("engine").scheduler();
    }

    /**
     * Ingests every document of a corpus, and returns once all fragments are processed or dead letters.
     *
     * <p>If the deltas or the dead letters cannot be written, for example because the disk is full, the ingestion stops and
     * fails. What was ingested before stays, and nothing of it is lost: it is written by the next ingestion, save or close
     * that finds space. Ingest the corpus again then.
     *
     * @throws GeothermException if a document can no longer be read, or the deltas or dead letters cannot be written
     * @throws CancellationException if it was cancelled; everything ingested before stays
     */
    public synchronized IngestionResult ingest(Corpus corpus, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        requireOpen();
        long before = written();
        IngestionResult result;
        try {
            result = ingestion.run(corpus, progress, cancellation);
            ingested = true;
        } finally {
            ingested |= written() > before;
        }
        documents = documents.isEmpty()
                ? result.fingerprint()
                : new ContentHash().add(documents).add(result.fingerprint()).hex();
        return result;
    }

    private long written() {
        return deltas.totals().revisions() + deadLetters.count();
    }

    /**
     * Searches passages by words and by vectors, with fused rankings.
     *
     * @param text words, without query syntax
     * @param limit the maximum number of hits, at least 1
     * @return the best hits, best first
     */
    public List<Hit> search(String text, int limit) {
        requireOpen();
        return index.retriever().search(Query.fused(text, platform.embedder().embed(text), limit));
    }

    /** Returns the tracked state of the anchors, for reading and subscribing. */
    public TrackedState state() {
        requireOpen();
        return platform.anchors().state();
    }

    /** Returns the totals of the delta log. */
    public DeltaTotals deltas() {
        return deltas.totals();
    }

    /**
     * Saves the deltas and the state, reads both back, and checks that the deltas lead exactly to the state.
     *
     * @throws GeothermException if they do not, or a file cannot be written or read
     */
    public synchronized StateCheck save(Progress progress) {
        requireOpen();
        try {
            DeltaTotals totals = saveDeltas();
            AtomicLong replayed = new AtomicLong();
            progress.begin(() -> new Progress.Step("replay", "revisions", replayed.get(), totals.revisions(), 0, ""));
            return ReplayCheck.check(
                    platform.differ(),
                    folder.draft(KnowledgeFolder.DELTAS),
                    folder.draft(KnowledgeFolder.STATE),
                    totals.revisions(),
                    replayed);
        } catch (IOException failed) {
            throw cannotWrite(folder, failed);
        }
    }

    /**
     * Answers the queries of a corpus from everything ingested so far, and measures the answers against its judgements.
     * The answers are checkpointed: after a crash or a cancellation, the same evaluation over the same documents
     * resumes.
     *
     * @throws EvaluationException if there is a checkpoint of a different evaluation, or the evaluation is already
     *     running
     * @throws GeothermException if it fails
     * @throws CancellationException if it was cancelled
     */
    public EvaluationResult evaluate(
            Corpus corpus, EvaluationOptions options, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        requireOpen();
        try {
            return evaluation.run(corpus, documents, options, progress, cancellation);
        } catch (IOException failed) {
            throw cannotWrite(folder, failed);
        }
    }

    private DeltaTotals saveDeltas() throws IOException {
        DeltaTotals totals = deltas.save(folder.draft(KnowledgeFolder.DELTAS), folder.draft(KnowledgeFolder.STATE));
        saved = totals.revisions();
        return totals;
    }

    /**
     * Stops upkeep and, if something was ingested, saves the state and publishes the files. Idempotent. The platform stays
     * open; close this first.
     *
     * <p>If that fails, the engine stays open, and its files stay in the folder; a second call tries again.
     *
     * @throws GeothermException if a file cannot be written
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        try {
            upkeep.close();
            if ((ownsFolder ? ingested : saved >= 0) && saved < deltas.totals().revisions()) {
                saveDeltas();
            }
            deadLetters.save(folder.draft(KnowledgeFolder.DEAD_LETTERS));
            if (ownsFolder && ingested) {
                folder.publish();
            }
            closed = true;
            release();
        } catch (IOException failed) {
            throw cannotWrite(folder, failed);
        }
    }

    private void release() throws IOException {
        try (Closeable claim = () -> EngineClaim.release(platform);
                Closeable owned = ownsFolder ? folder : () -> {};
                deadLetters;
                deltas) {
            processor.close();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the knowledge in " + folder.path() + " is closed");
        }
    }

    private static GeothermException cannotWrite(KnowledgeFolder folder, IOException failed) {
        return new GeothermException("cannot write to " + folder.path() + ": " + FailureReason.of(failed), failed);
    }
}
