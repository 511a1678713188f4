package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

/**
 * A problem in a configuration.
 *
 * @param path the path of the setting: {@code pool.maxSize}; empty for the configuration as a whole
 * @param message the expected and the actual value: {@code must be at least 1, was 0}
 */
public record Problem(String path, String message) {

    /** Checks that nothing is null. */
    public Problem {
        requireNonNull(path, "path");
        requireNonNull(message, "message");
    }

    /** Returns the same problem with its path below a parent: {@code maxSize} below {@code pool} is {@code pool.maxSize}. */
    public Problem under(String parent) {
        return new Problem(path.isEmpty() ? parent : parent + "." + path, message);
    }

    /** Returns a line for users: {@code pool.maxSize: must be at least 1, was 0}. */
    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
