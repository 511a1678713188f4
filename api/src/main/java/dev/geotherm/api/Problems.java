package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is wrong with a configuration, gathered before anything is refused.
 *
 * <p>A settings record checks itself in its compact constructor:
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
 * <p>Not safe for use by several threads.
 */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /** Creates an empty collection. */
    public Problems() {}

    /** Adds a problem unless the condition holds; the message is a {@link String#format} pattern. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would bring a dependency
    public Problems require(boolean condition, String path, String message, Object... arguments) {
        return condition ? this : add(new Problem(path, String.format(message, arguments)));
    }

    /** Adds a problem. */
    public Problems add(Problem problem) {
        found.add(requireNonNull(problem, "problem"));
        return this;
    }

    /** Adds all problems, each moved below {@code parent}. */
    public Problems addAll(String parent, List<Problem> problems) {
        problems.forEach(problem -> add(problem.under(parent)));
        return this;
    }

    /** Returns whether nothing was added. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns what was added so far, in that order, as an immutable copy. */
    public List<Problem> list() {
        return List.copyOf(found);
    }

    /**
     * Returns if nothing was added.
     *
     * @throws SettingsException with every problem, otherwise
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new SettingsException(found);
        }
    }
}
