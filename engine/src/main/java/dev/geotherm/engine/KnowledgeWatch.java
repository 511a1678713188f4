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
 * A watch that keeps {@link Knowledge} up to date with a folder: it ingests the folder at the start and after each change.
 *
 * <p>Each ingestion reads the whole folder and embeds only new chunks, so lost events of the file system do not matter.
 * Changes are collected until nothing has changed for half a second, for at most five seconds. Hidden files, and folders
 * behind links, are not watched. A network file system may not report changes by other machines.
 *
 * <p>A failed ingestion, for example because a file is being written, is repeated after the next change, or after a growing
 * delay of at most a minute.
 *
 * <p>Thread-safe. Close it before the knowledge.
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

    /** A listener of a watch. Its methods are never called concurrently; an exception ends the watch. */
    public interface Listener {

        /**
         * Called after each ingestion of the folder, even if nothing has changed.
         *
         * @param corpus the folder as read, for its notes
         */
        void onIngested(Corpus corpus, IngestionResult result);

        /** Called when an ingestion has failed and will be repeated; once for consecutive failures with the same message. */
        default void onFailure(GeothermException failure) {}
    }

    /**
     * Ingests a folder, then watches it on a thread of the platform until {@link #close}.
     *
     * @param folder a folder that {@link Corpus#open(String)} can open, which must not contain the knowledge
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
     * Ingests a folder, then watches it on this thread until cancellation; otherwise the same as {@link #start}.
     *
     * @param progress the progress of the first ingestion
     * @throws CancellationException if cancelled during an ingestion; chunks processed before stay
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
     * Ends the watch, after a running ingestion has stopped at a safe point. Idempotent.
     *
     * @throws IllegalStateException if the watch has already ended because of an exception of the listener or an internal
     *     error, which is the cause
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
                interrupted = true; // the knowledge must not be closed before the end of the round
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
