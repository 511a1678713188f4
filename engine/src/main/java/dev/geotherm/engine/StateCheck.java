package dev.geotherm.engine;

/**
 * The result of checking that the saved deltas lead to the saved state.
 *
 * @param revisions the number of replayed revisions
 * @param fingerprint the fingerprint of the state, in hexadecimal digits
 */
public record StateCheck(long revisions, String fingerprint) {}
