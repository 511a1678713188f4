package dev.geotherm.profiles.plugin;

import java.util.Set;

/** The keys of a profile section that are not settings of the implementation, so that no settings record may have them. */
public final class ReservedSettings {
    /** Chooses the implementation. */
    public static final String USE = "use";

    static final Set<String> NAMES = Set.of(USE);

    private ReservedSettings() {}
}
