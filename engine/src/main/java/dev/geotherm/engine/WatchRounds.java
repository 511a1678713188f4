package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusOptions;
import dev.geotherm.storage.FailureReason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/** The ingestions of a {@link KnowledgeWatch}, one per burst of changes in a folder. Not thread-safe. */
final class WatchRounds implements Closeable {
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    private static final Duration NO_RETRY = Duration.ofDays(10_000);

    private final Knowledge knowledge;
    private final String folder;
    private final IngestOptions options;
    private final CorpusOptions reading;
    private final KnowledgeWatch.Listener listener;
    private final FolderWatch watch;

    private WatchRounds(
            Knowledge knowledge,
            String folder,
            IngestOptions options,
            CorpusOptions reading,
            KnowledgeWatch.Listener listener,
            FolderWatch watch) {
        this.knowledge = knowledge;
        this.folder = folder;
        this.options = options;
        this.reading = reading;
        this.listener = listener;
        this.watch = watch;
    }

    static WatchRounds open(
            Knowledge knowledge,
            String folder,
            IngestOptions options,
            CorpusOptions reading,
            KnowledgeWatch.Listener listener) {
        try {
            Path root = Path.of(folder);
            if (!Files.isDirectory(root)) {
                throw new GeothermException(folder + ": is not a folder; only a folder can be watched");
            }
            root = root.toRealPath();
            if (knowledge.folder().toRealPath().startsWith(root)) {
                throw new GeothermException(
                        "the knowledge folder " + knowledge.folder() + " is inside the watched folder " + folder
                                + ", so each ingestion would trigger the next one; use a folder outside it");
            }
            return new WatchRounds(knowledge, folder, options, reading, listener, new FolderWatch(root));
        } catch (IOException | InvalidPathException failed) {
            throw new GeothermException(
                    "cannot watch " + folder + ": "
                            + (failed instanceof IOException reason ? FailureReason.of(reason) : failed.getMessage()),
                    failed);
        }
    }

    /** Ingests the folder for the first time. A failure is thrown. */
    void first(Progress progress, Cancellation cancellation) throws InterruptedException {
        ingest(progress, cancellation);
    }

    private void ingest(Progress progress, Cancellation cancellation) throws InterruptedException {
        watch.register();
        Corpus corpus = Corpus.open(folder, reading);
        listener.onIngested(corpus, knowledge.ingest(corpus, options, progress, cancellation));
    }

    /**
     * Ingests the folder after each burst of changes until cancellation.
     *
     * @throws CancellationException if cancelled during an ingestion
     */
    void run(Cancellation cancellation) throws InterruptedException {
        Duration retry = NO_RETRY;
        String failedBefore = "";
        while (!cancellation.isRequested()) {
            watch.await(retry, QUIET, LONGEST, cancellation);
            if (cancellation.isRequested()) {
                return;
            }
            try {
                ingest(Progress.none(), cancellation);
                retry = NO_RETRY;
                failedBefore = "";
            } catch (GeothermException failed) {
                String message = String.valueOf(failed.getMessage());
                if (!message.equals(failedBefore)) {
                    listener.onFailure(failed);
                    failedBefore = message;
                }
                Duration next = retry.multipliedBy(2);
                retry = retry.equals(NO_RETRY) ? FIRST_RETRY : next.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : next;
            }
        }
    }

    /** Closes the watch. The rounds must have ended. */
    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException failed) {
            throw new GeothermException("cannot end the watch of " + folder + ": " + FailureReason.of(failed), failed);
        }
    }
}
