package dev.geotherm.profiles.runtime;

import dev.geotherm.api.GeothermException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in a row of steps that are all taken: the first failure, with the later ones attached to it.
 *
 * <p>Confined to one thread.
 */
final class Failures {
    private @Nullable GeothermException first;

    Failures() {}

    Failures(GeothermException first) {
        this.first = first;
    }

    /** Takes a step. */
    void run(String what, Runnable step) {
        try {
            step.run();
        } catch (Throwable failed) { // kept: the steps after it have to be taken
            GeothermException failure = new GeothermException(what + ": " + failed, failed);
            if (first == null) {
                first = failure;
            } else {
                first.addSuppressed(failure);
            }
        }
    }

    /** Throws the first failure, if there was one. */
    void throwFirst() {
        if (first != null) {
            throw first;
        }
    }
}
