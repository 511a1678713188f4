package dev.geotherm.profiles.config;

import dev.geotherm.api.Settings;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings of named instances of one component: texts as written, by the name of the instance and of the setting.
 *
 * @param texts the values given for each instance; all other settings come from the component
 */
public record InstanceSettings(Map<String, Map<String, String>> texts) {
    /** No settings for any instance. */
    public static final InstanceSettings NONE = new InstanceSettings(Map.of());

    /** Copies the texts. */
    public InstanceSettings {
        Map<String, Map<String, String>> copy = new TreeMap<>();
        texts.forEach((name, values) -> copy.put(name, Map.copyOf(values)));
        texts = Map.copyOf(copy);
    }

    /** Returns the names of the instances, without the values, which may be secret. */
    @Override
    public String toString() {
        return "InstanceSettings" + new TreeSet<>(texts.keySet());
    }

    /**
     * Returns the settings of an instance.
     *
     * @param name the instance's name
     * @param settings the component's settings
     * @return {@code settings} itself if no values are given for the instance
     * @throws dev.geotherm.api.SettingsException if the combination is not valid
     */
    public <S extends Record> S apply(String name, S settings) {
        Map<String, String> own = texts.get(name);
        return own == null ? settings : Settings.with(settings, own);
    }
}
