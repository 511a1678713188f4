package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A secret setting value, such as a password or an API key. It is never printed: logs, messages, exceptions,
 * {@code toString()} of the record that holds it and {@code geotherm profile show} contain {@value #MASK} instead. Call
 * {@link #reveal()} only where the value is used.
 *
 * <p>Immutable and thread-safe.
 */
public final class Secret {
    /** The text that is printed in place of a secret. */
    public static final String MASK = "***";

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Returns a secret; an empty text means that none is set. */
    public static Secret of(String value) {
        return new Secret(requireNonNull(value, "value"));
    }

    /** Returns the value itself. */
    public String reveal() {
        return value;
    }

    /** Returns whether no secret is set. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /**
     * Returns whether the other object is a secret with the same value; the time does not depend on where they differ.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Returns {@value #MASK}, or an empty text if no secret is set. */
    @Override
    public String toString() {
        return value.isEmpty() ? "" : MASK;
    }
}
