package dev.geotherm.api;

/**
 * A factory of components: one implementation of one kind, with its permanent name and its settings.
 *
 * <p>Each {@link dev.geotherm.api.kind.ComponentKind} has its own factory interface, which extends this one; {@link
 * java.util.ServiceLoader} loads that interface. A factory has a public no-argument constructor and no state, and does
 * no work when it is loaded: discovery only lists implementations, the profile chooses among them. Only one thread at a
 * time calls a factory.
 *
 * @param <S> the settings record
 * @param <C> the interface of the components
 */
public interface ComponentFactory<S extends Record, C extends Component> {

    /**
     * Returns the name by which profiles choose this implementation.
     *
     * <p>It matches {@code [a-z][a-z0-9]*(-[a-z0-9]+)*}, is unique among the factories of its kind, and never changes,
     * because users' profiles contain it.
     */
    String name();

    /** Returns one sentence that tells users what distinguishes this implementation. */
    String description();

    /**
     * Returns the type of the settings: a record with {@link Setting} on each component that checks its values in the
     * compact constructor.
     *
     * @see Settings
     */
    Class<S> settings();

    /**
     * Checks what the settings record cannot check by itself, such as the names of extensions and the files that
     * settings name. Called before any component is created, so that all problems are reported at once; creates
     * nothing.
     *
     * @param settings valid settings, of the type that {@link #settings()} returns
     * @param extensions the installed extensions
     * @throws SettingsException with every problem; the path of each is the name of a setting
     */
    default void check(S settings, Extensions extensions) {}

    /**
     * Creates a component, ready for use.
     *
     * <p>If it throws, it leaves nothing behind: no thread, no file handle, no temporary file.
     *
     * @param settings valid settings, of the type that {@link #settings()} returns
     * @param context the context of the component, which may keep it
     * @throws GeothermException if the environment prevents it, with a message that a user can act on
     */
    C create(S settings, ComponentContext context);
}
