package dev.geotherm.profiles.config;

import dev.geotherm.profiles.plugin.ReservedSettings;
import org.jspecify.annotations.Nullable;

/**
 * The key of a setting of a named instance: {@code pool.instances.vectors.maxSize}.
 *
 * @param section {@code pool}
 * @param name {@code vectors}; empty if the key is incomplete
 * @param setting {@code maxSize}; empty if the key is incomplete
 */
record InstanceKey(String section, String name, String setting) {

    /** Returns the parts of a key, or null if it is not a key of an instance. */
    static @Nullable InstanceKey of(String key) {
        String[] parts = key.split("\\.", 4);
        return parts.length < 2 || !parts[1].equals(ReservedSettings.INSTANCES)
                ? null
                : new InstanceKey(parts[0], parts.length > 2 ? parts[2] : "", parts.length > 3 ? parts[3] : "");
    }

    /** Returns the section of the instance: {@code pool.instances.vectors}. */
    String path() {
        return section + "." + ReservedSettings.INSTANCES + "." + name;
    }

    @Override
    public String toString() {
        return path() + "." + setting;
    }
}
