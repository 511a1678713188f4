package dev.geotherm.api;

/**
 * One implementation of one kind of component: its permanent name, its settings and the way to create it.
 *
 * <p>Each {@link dev.geotherm.api.kind.ComponentKind} has a factory interface of its own, which extends this one and is the type that
 * {@link java.util.ServiceLoader} loads. A factory has a public no-argument constructor, holds no state and does no work
 * when it is loaded: discovery only lists, a profile chooses. Factories are called by one thread at a time.
 *
 * @param <S> the settings record
 * @param <C> the kind of component that is created
 */
public interface ComponentFactory<S extends Record, C extends Component> {

    /**
     * Returns the name by which profiles choose this implementation.
     *
     * <p>It matches {@code [a-z][a-z0-9]*(-[a-z0-9]+)*}, is unique among the factories of its kind, and never changes,
     * because it is written in users' profiles.
     */
    String name();

    /** Returns one sentence for people: what distinguishes this implementation. */
    String description();

    /**
     * Returns the settings' type: a record whose components carry {@link Setting} and whose compact constructor is the
     * one place for invariants.
     *
     * @see Settings
     */
    Class<S> settings();

    /**
     * Creates a component, ready for use.
     *
     * <p>When it throws, nothing stays behind: no thread, no file handle, no temporary file.
     *
     * @param settings a valid record of the type that {@link #settings()} names
     * @param context the surroundings; it may be kept
     * @throws GeothermException if the surroundings do not allow it, with a message that a user can act upon
     */
    C create(S settings, ComponentContext context);
}
