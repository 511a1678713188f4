package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusOptions;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * A watch that keeps {@link Knowledge} up to date with a folder: it ingests the folder, and again whenever something in it
 * changes.
 *
 * <p>Each ingestion reads the whole folder and embeds only what is new, so it does not matter which event the system reported or
 * lost. Changes are collected until nothing has changed for half a second, for at most five seconds. Hidden files, and folders
 * behind links, are not watched. A network file system may not report changes that other machines make.
 *
 * <p>An ingestion that fails, for example because a file is being written, is repeated after the next change, or after a growing
 * delay of at most a minute.
 *
 * <p>Safe for use by several threads. Close it before the knowledge.
 */
public final class KnowledgeWatch implements AutoCloseable {
    private final ExecutorService executor;
    private final Future<?> rounds;
    private volatile boolean closed;

    private KnowledgeWatch(Knowledge knowledge, WatchRounds rounds) {
        this.executor = knowledge.platform().context("watch").blockingExecutor("rounds");
        this.rounds = executor.submit(() -> {
            try (rounds) {
                rounds.run(() -> closed);
            }
            return null;
        });
    }

    /** An observer of a watch. Its methods are called one after another; what they throw ends the watch. */
    public interface Listener {

        /**
         * Tells that the folder was ingested, even if nothing in it had changed.
         *
         * @param corpus the folder as it was read, for its notes
         */
        void onIngested(Corpus corpus, IngestionResult result);

        /** Tells that an ingestion failed and will be repeated; once for failures in succession that have the same message. */
        default void onFailure(GeothermException failure) {}
    }

    /**
     * Ingests a folder, and then watches it on a thread of the platform until {@link #close}.
     *
     * @param folder a folder that {@link Corpus#open(String)} can open; the knowledge must not be in it
     * @throws GeothermException if the folder cannot be watched, or the first ingestion fails
     * @throws InterruptedException if the caller is interrupted during the first ingestion
     */
    public static KnowledgeWatch start(
            Knowledge knowledge, String folder, IngestOptions options, CorpusOptions reading, Listener listener)
            throws InterruptedException {
        WatchRounds rounds =
                WatchRounds.open(requireNonNull(knowledge, "knowledge"), folder, options, reading, listener);
        boolean started = false;
        try {
            rounds.first(Progress.none(), Cancellation.never());
            KnowledgeWatch watch = new KnowledgeWatch(knowledge, rounds);
            started = true;
            return watch;
        } finally {
            if (!started) {
                rounds.close();
            }
        }
    }

    /**
     * Ingests a folder, and then watches it on this thread until it is cancelled; otherwise as {@link #start}.
     *
     * @param progress of the first ingestion
     * @throws CancellationException if it is cancelled during an ingestion; what was processed before stays
     */
    public static void run(
            Knowledge knowledge,
            String folder,
            IngestOptions options,
            CorpusOptions reading,
            Listener listener,
            Progress progress,
            Cancellation cancellation)
            throws InterruptedException {
        try (WatchRounds rounds = WatchRounds.open(knowledge, folder, options, reading, listener)) {
            rounds.first(progress, cancellation);
            rounds.run(cancellation);
        }
    }

    /**
     * Ends the watch; waits for a running ingestion to stop at a safe point. Idempotent.
     *
     * @throws IllegalStateException if the watch had ended before, because the listener threw an exception or an internal error
     *     occurred; that is the cause
     */
    @Override
    public void close() {
        closed = true;
        executor.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                rounds.get();
                break;
            } catch (InterruptedException urgent) {
                interrupted = true; // the knowledge must not be closed before the round has ended
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof CancellationException) {
                    break;
                }
                throw new IllegalStateException("the watch ended because of an error", failed.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
