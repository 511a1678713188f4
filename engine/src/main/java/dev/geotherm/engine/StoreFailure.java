package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.FailureReason;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The failure that broke a store. After a write failure or an error, files and anchors may be inconsistent, so the store
 * refuses every change until it is reopened at its last commit. Thread-safe.
 */
final class StoreFailure {
    private final Path folder;
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable Error error;

    /** Creates an initially absent failure, for a store in a folder. */
    StoreFailure(Path folder) {
        this.folder = folder;
    }

    /** A change of the store. */
    @FunctionalInterface
    interface Step<R> {
        R run() throws IOException;
    }

    /** Runs a step unless the store is broken. An exception or error of the step breaks the store. */
    <R> R guard(Step<R> step) {
        throwIfAny();
        try {
            return step.run();
        } catch (IOException failed) {
            throw failed(new GeothermException("cannot write to " + folder + ": " + FailureReason.of(failed), failed));
        } catch (RuntimeException failed) {
            throw failed(failed);
        } catch (Error failed) {
            error = failed; // no method call, because too little stack or memory may be left
            throw failed;
        }
    }

    private RuntimeException failed(RuntimeException failed) {
        failure = failure == null ? failed : failure;
        return failed;
    }

    /** Throws the failure that broke the store, if any. */
    void throwIfAny() {
        Error cause = error;
        if (cause != null) {
            throw new GeothermException("a change of " + folder + " was interrupted by " + cause, cause);
        }
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    boolean isPresent() {
        return failure != null || error != null;
    }
}
