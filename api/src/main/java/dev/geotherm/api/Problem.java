package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path where: {@code pool.maxSize}
 * @param message what was expected and what was found: {@code must be at least 1, was 0}
 */
public record Problem(String path, String message) {

    /** Checks that nothing is null. */
    public Problem {
        requireNonNull(path, "path");
        requireNonNull(message, "message");
    }

    /** Returns the same problem one level further up: {@code maxSize} below {@code pool} is {@code pool.maxSize}. */
    public Problem under(String parent) {
        return new Problem(path.isEmpty() ? parent : parent + "." + path, message);
    }

    /** Returns the line that people read: {@code pool.maxSize: must be at least 1, was 0}. */
    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
