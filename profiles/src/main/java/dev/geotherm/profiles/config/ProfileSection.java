package dev.geotherm.profiles.config;

/**
 * A section of profiles for code that runs on a platform, such as an engine: its settings are written, overridden and
 * checked as those of components are. {@link java.util.ServiceLoader} finds it on the class path or module path.
 *
 * <p>An implementation has a public no-argument constructor and no state.
 */
public interface ProfileSection {

    /** Returns the name of the section; not that of another section or component. It never changes. */
    String name();

    /**
     * Returns the type of the settings, as {@link dev.geotherm.api.ComponentFactory#settings()} does; read the bound record
     * by {@link Configuration#section}.
     */
    Class<? extends Record> settings();
}
