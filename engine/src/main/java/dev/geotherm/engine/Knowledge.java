package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Scheduler;
import dev.geotherm.api.anchor.Hit;
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
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final DeltaLog deltas;
    private final DeadLetterFile deadLetters;
    private final AnchorIngestion processor;
    private final Ingestion ingestion;
    private final RetrievalEvaluation evaluation;
    private final Upkeep upkeep;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile String documents = "";
    private boolean ownsFolder;
    private long saved = -1; // the revisions of the last save

    @Inject
    Knowledge(
            Platform platform,
            KnowledgeFolder folder,
            DeltaLog deltas,
            DeadLetterFile deadLetters,
            AnchorIngestion processor,
            Ingestion ingestion,
            RetrievalEvaluation evaluation,
            Upkeep upkeep) {
        this.platform = platform;
        this.folder = folder;
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
     * @param folder the folder for its files; created if it is missing, otherwise it must be empty or from an earlier
     *     use
     * @throws GeothermException if the folder cannot be written, holds other files, or is in use
     */
    public static Knowledge open(Platform platform, Path folder) {
        return open(platform, folder, upkeep(platform));
    }

    /** Opens a knowledge engine; otherwise as {@link #open(Platform, Path)}. */
    public static Knowledge open(Platform platform, Path folder, UpkeepSettings upkeep) {
        return open(platform, folder, upkeep, scheduler(platform));
    }

    static Knowledge open(Platform platform, Path folder, UpkeepSettings upkeep, Scheduler scheduler) {
        KnowledgeFolder opened = KnowledgeFolder.open(folder);
        try {
            Knowledge knowledge = open(platform, opened, upkeep, scheduler);
            knowledge.ownsFolder = true;
            return knowledge;
        } catch (RuntimeException failed) {
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
        return Injectors.create(new KnowledgeModule(platform, folder, upkeep, scheduler))
                .getInstance(Knowledge.class);
    }

    private static Scheduler scheduler(Platform platform) {
        return platform.context("engine").scheduler();
    }

    /**
     * Ingests every document of a corpus, and returns once all fragments are processed or dead letters.
     *
     * @throws GeothermException if a document can no longer be read, or the delta log cannot be written
     * @throws CancellationException if it was cancelled; everything ingested before stays
     */
    public synchronized IngestionResult ingest(Corpus corpus, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        requireOpen();
        IngestionResult result = ingestion.run(corpus, progress, cancellation);
        documents = documents.isEmpty()
                ? result.fingerprint()
                : new ContentHash().add(documents).add(result.fingerprint()).hex();
        return result;
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
        return platform.retriever().search(Query.fused(text, platform.embedder().embed(text), limit));
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
     * Saves the state next to the delta log, reads both back, and checks that the deltas lead exactly to the state.
     *
     * @throws GeothermException if they do not, or a file cannot be written or read
     */
    public synchronized StateCheck save(Progress progress) {
        requireOpen();
        try {
            DeltaTotals totals = deltas.save(folder.draft(KnowledgeFolder.STATE));
            saved = totals.revisions();
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

    /**
     * Stops upkeep, saves the state, and publishes the files. Idempotent. The platform stays open; close this first.
     *
     * @throws GeothermException if a file cannot be written
     */
    @Override
    public synchronized void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (Closeable owned = ownsFolder ? folder : () -> {}) {
            try (deadLetters;
                    deltas;
                    processor) {
                upkeep.close();
                if (ownsFolder || (saved >= 0 && saved < deltas.totals().revisions())) {
                    deltas.save(folder.draft(KnowledgeFolder.STATE));
                }
            }
            if (ownsFolder) {
                folder.publish();
            }
        } catch (IOException failed) {
            throw cannotWrite(folder, failed);
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the knowledge in " + folder.path() + " is closed");
        }
    }

    private static GeothermException cannotWrite(KnowledgeFolder folder, IOException failed) {
        return new GeothermException("cannot write to " + folder.path() + ": " + FailureReason.of(failed), failed);
    }
}
