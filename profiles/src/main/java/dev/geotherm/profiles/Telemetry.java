package dev.geotherm.profiles;

import java.util.List;

/** Samples of what the components of a platform do. */
@SuppressWarnings("DoNotCallSuggester")
public final class Telemetry {
    Telemetry() {}

    /** Takes a sample now, and returns it without keeping it. */
    public Sample latest() {
        throw new IllegalStateException("follows");
    }

    /** Returns the samples that are kept, oldest first. */
    public List<Sample> samples() {
        throw new IllegalStateException("follows");
    }
}
