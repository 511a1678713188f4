package dev.geotherm.profiles;

import dev.geotherm.api.profile.Profile;
import java.nio.file.Path;
import java.util.List;

/** The places where profiles come from: those that are built in, and a user's folder of {@code NAME.yaml} files. */
@SuppressWarnings("DoNotCallSuggester")
public final class Profiles {
    private Profiles() {}

    /** Returns the profiles {@code dev}, {@code balanced}, {@code perf} and {@code experiment}. */
    public static Profiles builtIn() {
        throw new IllegalStateException("follows");
    }

    /** Returns a copy that also reads the user's folder. */
    public Profiles withFolder(Path folder) {
        throw new IllegalStateException("follows");
    }

    /** Returns every profile, sorted by name. */
    public List<Profile> all() {
        throw new IllegalStateException("follows");
    }

    /** Returns a profile by its name, or by the path of a {@code .yaml} file. */
    public Profile find(String nameOrPath) {
        throw new IllegalStateException("follows");
    }

    /** Returns the profile, its parent, and so on. */
    public List<Profile> lineage(Profile profile) {
        throw new IllegalStateException("follows");
    }

    /** Writes a profile to a file, all or nothing. */
    public static void save(Profile profile, Path file) {
        throw new IllegalStateException("follows");
    }
}
