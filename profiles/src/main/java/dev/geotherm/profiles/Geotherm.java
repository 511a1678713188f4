package dev.geotherm.profiles;

import java.nio.file.Path;

/** The short way to a running platform. */
@SuppressWarnings("DoNotCallSuggester")
public final class Geotherm {
    private Geotherm() {}

    /** Starts a built-in profile. */
    public static Platform start(String profile) {
        throw new IllegalStateException("follows");
    }

    /** Starts the profile in a file. */
    public static Platform start(Path profileFile) {
        throw new IllegalStateException("follows");
    }
}
