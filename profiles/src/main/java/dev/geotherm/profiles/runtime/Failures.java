package dev.geotherm.profiles.runtime;

import dev.geotherm.api.GeothermException;
import org.jspecify.annotations.Nullable;

/**
 * A collector of failures: runs every step, keeps the first failure, and adds later ones to it as suppressed.
 *
 * <p>Confined to one thread.
 */
final class Failures {
    private @Nullable GeothermException first;

    Failures() {}

    Failures(GeothermException first) {
        this.first = first;
    }

    /** Runs a step. */
    void run(String what, Runnable step) {
        try {
            step.run();
        } catch (Throwable failed) { // kept, because later steps must still run
            GeothermException failure = new GeothermException(what + ": " + failed, failed);
            if (first == null) {
                first = failure;
            } else {
                first.addSuppressed(failure);
            }
        }
    }

    /** Throws the first failure, if any. */
    void throwFirst() {
        if (first != null) {
            throw first;
        }
    }
}
