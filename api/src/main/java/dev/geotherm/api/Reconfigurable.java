package dev.geotherm.api;

/**
 * A component that accepts new settings while it runs.
 *
 * @param <S> the settings record of the component's factory
 */
public interface Reconfigurable<S extends Record> {

    /**
     * Applies new settings, all or none, without losing or repeating accepted work.
     *
     * <p>Callers of the component see no exception because of it. May be called by any thread; concurrent calls take effect
     * one after another.
     *
     * @throws SettingsException if the running component cannot apply these settings; the old ones stay in force
     */
    void reconfigure(S settings);
}
