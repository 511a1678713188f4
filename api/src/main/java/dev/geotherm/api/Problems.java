package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * A collector of problems in a configuration, so that all of them are reported at once.
 *
 * <p>A settings record checks its values in its compact constructor:
 *
 * <pre>{@code
 * public PoolSettings {
 *     new Problems()
 *             .require(maxSize >= 1, "maxSize", "must be at least 1, was %s", maxSize)
 *             .require(initialSize <= maxSize, "initialSize", "must be at most maxSize (%s), was %s", maxSize, initialSize)
 *             .throwIfAny();
 * }
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /** Creates an empty collector. */
    public Problems() {}

    /** Adds a problem if the condition is false; the message is a {@link String#format} pattern. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would add a dependency
    public Problems require(boolean condition, String path, String message, Object... arguments) {
        return condition ? this : add(new Problem(path, String.format(message, arguments)));
    }

    /** Adds a problem. */
    public Problems add(Problem problem) {
        found.add(requireNonNull(problem, "problem"));
        return this;
    }

    /** Adds problems, with their paths below {@code parent}. */
    public Problems addAll(String parent, List<Problem> problems) {
        problems.forEach(problem -> add(problem.under(parent)));
        return this;
    }

    /** Returns whether there are no problems. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns an immutable copy of the problems, in the order in which they were added. */
    public List<Problem> list() {
        return List.copyOf(found);
    }

    /**
     * Throws if there are problems.
     *
     * @throws SettingsException with every problem
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new SettingsException(found);
        }
    }
}
