package dev.geotherm.profiles.plugin;

import java.util.Set;
import java.util.TreeSet;

/** The keys of a profile section that are not settings of the implementation, so that no settings record may have them. */
public final class ReservedSettings {
    /** Chooses the implementation. */
    public static final String USE = "use";

    /** Contains the settings of named instances. */
    public static final String INSTANCES = "instances";

    static final Set<String> NAMES = new TreeSet<>(Set.of(USE, INSTANCES));

    private ReservedSettings() {}
}
