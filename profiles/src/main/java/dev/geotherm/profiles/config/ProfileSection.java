package dev.geotherm.profiles.config;

/**
 * A section of profiles for code that runs on a platform, such as an engine. Its settings are written, overridden and
 * checked like those of components. {@link java.util.ServiceLoader} finds it on the class path or module path.
 *
 * <p>An implementation has a public no-argument constructor and no state.
 */
public interface ProfileSection {

    /** Returns the name of the section. It is unique among sections and kinds of components, and never changes. */
    String name();

    /**
     * Returns the type of the settings, like {@link dev.geotherm.api.ComponentFactory#settings()}.
     * {@link Configuration#section} returns the bound record.
     */
    Class<? extends Record> settings();
}
