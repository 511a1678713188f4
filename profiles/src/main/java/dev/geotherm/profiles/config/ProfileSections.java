package dev.geotherm.profiles.config;

import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.telemetry.TelemetrySettings;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sections of a profile that belong to no component, with the types of their settings. */
final class ProfileSections {
    static final String TELEMETRY = "telemetry";

    /** Telemetry, and every {@link ProfileSection}. */
    static final Map<String, Class<? extends Record>> ALL = all();

    private ProfileSections() {}

    private static Map<String, Class<? extends Record>> all() {
        Map<String, Class<? extends Record>> all = new TreeMap<>();
        all.put(TELEMETRY, TelemetrySettings.class);
        for (ProfileSection section :
                ServiceLoader.load(ProfileSection.class, ProfileSections.class.getClassLoader())) {
            boolean ofComponent = Stream.of(ComponentKind.values())
                    .anyMatch(kind -> kind.section().equals(section.name()));
            if (ofComponent || all.putIfAbsent(section.name(), section.settings()) != null) {
                throw new IllegalStateException("two sections of profiles are called '" + section.name()
                        + "'; one is of " + section.getClass().getName());
            }
        }
        return Collections.unmodifiableMap(all);
    }
}
