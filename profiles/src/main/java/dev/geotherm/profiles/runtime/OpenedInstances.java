package dev.geotherm.profiles.runtime;

import dev.geotherm.api.NearestName;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.config.InstanceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The named instances of one component that have requested their settings, recorded to detect mistyped names in a
 * profile. Thread-safe.
 */
final class OpenedInstances {
    /**
     * The maximum number of names kept for suggestions; an application may open instances under any number of names.
     */
    private static final int MAX_NAMES = 1_000;

    private final ComponentKind kind;
    private final InstanceSettings configured;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    OpenedInstances(ComponentKind kind, InstanceSettings configured) {
        this.kind = kind;
        this.configured = configured;
    }

    <S extends Record> S settings(String name, S settings) {
        if (configured.texts().containsKey(name) || names.size() < MAX_NAMES) {
            names.add(name);
        }
        return configured.apply(name, settings);
    }

    /** Returns a warning for each configured name that was not opened. */
    List<String> unopened() {
        List<String> warnings = new ArrayList<>();
        for (String name : new TreeSet<>(configured.texts().keySet())) {
            if (!names.contains(name)) {
                warnings.add(
                        kind.section() + ".instances." + name + " has no effect: nothing was opened under this name"
                                + NearestName.of(name, names)
                                        .map(NearestName::suggestion)
                                        .orElse(""));
            }
        }
        return warnings;
    }
}
