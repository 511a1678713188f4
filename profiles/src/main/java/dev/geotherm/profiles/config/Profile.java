package dev.geotherm.profiles.config;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A profile: a named set of settings, as written. Settings that it omits come from the profile that it extends, then
 * from the defaults of the settings records.
 *
 * @param name the name, which matches {@code [a-z][a-z0-9]*(-[a-z0-9]+)*}
 * @param parent the profile that it extends, or null
 * @param description one sentence for users; may be empty
 * @param focus its purpose
 * @param values texts by dotted key, {@code pool.maxSize}; {@code pool.use} names the implementation; sorted by key
 * @param origin its source, for messages
 */
public record Profile(
        String name,
        @Nullable String parent,
        String description,
        ProfileFocus focus,
        Map<String, String> values,
        String origin) {

    /** Checks that nothing except the parent is null, and copies the values. */
    public Profile {
        requireNonNull(name, "name");
        requireNonNull(description, "description");
        requireNonNull(focus, "focus");
        requireNonNull(origin, "origin");
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** Returns the name, the source and the keys, without the values, which may be secret. */
    @Override
    public String toString() {
        return "Profile[" + name + ", " + origin + ", " + values.keySet() + "]";
    }
}
