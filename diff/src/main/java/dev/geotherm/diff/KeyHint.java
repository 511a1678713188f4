package dev.geotherm.diff;

import static java.util.Objects.requireNonNull;

/**
 * A hint that a rule of {@code identityKeys} makes a delta much smaller.
 *
 * @param rule the rule, {@code pattern=member}
 * @param bytes the size of the delta as JSON without the rule
 * @param bytesWithRule its size with the rule
 */
public record KeyHint(String rule, long bytes, long bytesWithRule) {

    /** Refuses null. */
    public KeyHint {
        requireNonNull(rule, "rule");
    }
}
