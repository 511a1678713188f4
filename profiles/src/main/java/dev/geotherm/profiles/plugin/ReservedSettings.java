package dev.geotherm.profiles.plugin;

import java.util.Set;
import java.util.TreeSet;

/**
 * The reserved keys of a profile section: they are not settings of the implementation, so a settings record must not
 * use them.
 */
public final class ReservedSettings {
    /** Chooses the implementation. */
    public static final String USE = "use";

    /** Contains the settings of named instances. */
    public static final String INSTANCES = "instances";

    static final Set<String> NAMES = new TreeSet<>(Set.of(USE, INSTANCES));

    private ReservedSettings() {}
}
