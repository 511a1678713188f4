package dev.geotherm.api;

/**
 * A component that takes new settings while it runs.
 *
 * @param <S> the settings record, of the type that the component's factory names
 */
public interface Reconfigurable<S extends Record> {

    /**
     * Puts new settings in force, all or none, without losing or repeating work that was accepted.
     *
     * <p>Callers of the component see no exception because of it. Safe to call from any thread; concurrent calls take
     * effect one after another.
     *
     * @throws SettingsException if the running component cannot take these settings; the old ones stay in force
     */
    void reconfigure(S settings);
}
