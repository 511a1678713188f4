package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.profiles.runtime.Platform;
import dev.geotherm.storage.FailureReason;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The resources of an open {@link Knowledge}, from the wiring of its parts to its close: the claim on the platform, the
 * folder, the generations of the store, and the dead letters.
 *
 * <p>Callers of {@link #writable}, {@link #save} and {@link #close} hold the lock of the knowledge; all other methods are
 * thread-safe.
 */
final class KnowledgeSession {
    private final Platform platform;
    private final KnowledgeFolder folder;
    private final StoreGenerations generations;
    private final DeadLetterFile deadLetters;
    private final ChunkProcessor processor;
    private final Upkeep upkeep;
    private volatile boolean closed;
    private volatile DeltaTotals lastTotals = DeltaTotals.NONE;
    private boolean ownsFolder;
    private long saved = -1; // the number of revisions at the last save

    @Inject
    KnowledgeSession(
            Platform platform,
            KnowledgeFolder folder,
            StoreGenerations generations,
            DeadLetterFile deadLetters,
            ChunkProcessor processor,
            Upkeep upkeep) {
        this.platform = platform;
        this.folder = folder;
        this.generations = generations;
        this.deadLetters = deadLetters;
        this.processor = processor;
        this.upkeep = upkeep;
    }

    /** Makes {@link #close} close the folder, too. */
    void ownFolder() {
        ownsFolder = true;
    }

    /**
     * Checks that the knowledge is open.
     *
     * @throws IllegalStateException if it is closed
     */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the knowledge in " + folder.path() + " is closed");
        }
    }

    /** Returns the current store of the open knowledge. */
    KnowledgeStore current() {
        requireOpen();
        return generations.current();
    }

    /** Returns the current store for changes. If a failed write broke the store, it is reopened at its last commit. */
    KnowledgeStore writable() {
        requireOpen();
        generations.reopenIfFailed();
        return generations.current();
    }

    /** Returns the totals of the delta log since the knowledge was opened, also after its close. */
    DeltaTotals deltas() {
        return closed ? lastTotals : generations.current().deltas().totals();
    }

    /** Saves deltas and state, reads both back, and checks that the deltas lead exactly to the state. */
    StateCheck save(Progress progress) {
        KnowledgeStore store = writable();
        try {
            AtomicLong replayed = new AtomicLong();
            if (generations.isDurable()) {
                store.commit();
                return ReplayCheck.check(platform.differ(), store.deltas(), replayed);
            }
            DeltaTotals totals = saveDeltas(store);
            progress.begin(() -> new Progress.Step("replay", "revisions", replayed.get(), totals.revisions(), 0, ""));
            return ReplayCheck.check(
                    platform.differ(),
                    folder.draft(KnowledgeFolder.DELTAS),
                    folder.draft(KnowledgeFolder.STATE),
                    totals.revisions(),
                    replayed);
        } catch (IOException failed) {
            throw cannotWrite(failed);
        }
    }

    private DeltaTotals saveDeltas(KnowledgeStore store) throws IOException {
        Path deltas = folder.draft(KnowledgeFolder.DELTAS);
        DeltaTotals totals = store.deltas().save(deltas, folder.draft(KnowledgeFolder.STATE));
        saved = totals.revisions();
        return totals;
    }

    /** Stops upkeep, commits its changes, and releases everything. After a failure, the knowledge stays open. */
    void close() {
        if (closed) {
            return;
        }
        try {
            upkeep.close();
            KnowledgeStore store = generations.current();
            boolean durable = generations.isDurable();
            if (durable && !store.hasFailed()) {
                store.commit();
            }
            if (!durable && saved >= 0 && saved < store.deltas().totals().revisions()) {
                saveDeltas(store);
            }
            lastTotals = store.totals();
            deadLetters.save();
            if (durable) {
                deadLetters.close();
                folder.publishOfStore();
            }
            closed = true;
            release();
        } catch (IOException failed) {
            throw cannotWrite(failed);
        }
    }

    private void release() throws IOException {
        try (Closeable claim = () -> EngineClaim.release(platform);
                Closeable owned = ownsFolder ? folder : () -> {};
                deadLetters;
                generations) {
            processor.close();
        }
    }

    /** An operation on files of the folder. */
    @FunctionalInterface
    interface FileOperation<T> {
        T run() throws IOException;
    }

    /** Runs an operation that reads; a failure names the folder. */
    <T> T read(FileOperation<T> operation) {
        try {
            return operation.run();
        } catch (IOException failed) {
            throw cannotRead(failed);
        }
    }

    GeothermException cannotRead(IOException failed) {
        return new GeothermException("cannot read " + folder.path() + ": " + FailureReason.of(failed), failed);
    }

    /** Runs an operation that writes; a failure names the folder. */
    <T> T write(FileOperation<T> operation) {
        try {
            return operation.run();
        } catch (IOException failed) {
            throw cannotWrite(failed);
        }
    }

    GeothermException cannotWrite(IOException failed) {
        return new GeothermException("cannot write to " + folder.path() + ": " + FailureReason.of(failed), failed);
    }
}
