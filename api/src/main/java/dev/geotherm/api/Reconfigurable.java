package dev.geotherm.api;

/**
 * A component that accepts new settings while it runs.
 *
 * @param <S> the settings record of the component's factory
 */
public interface Reconfigurable<S extends Record> {

    /**
     * Applies new settings, all or none. Accepted work is neither lost nor repeated.
     *
     * <p>Callers of the component see no exceptions during the change. May be called by any thread; concurrent calls
     * take effect one after another.
     *
     * @throws SettingsException if the running component cannot apply these settings; the old ones stay in effect
     */
    void reconfigure(S settings);
}
