package dev.geotherm.api;

/**
 * An extension of a component: one implementation of an extension interface, with its permanent name and its settings.
 *
 * <p>Each extension interface extends this one; {@link java.util.ServiceLoader} loads that interface. An extension has a
 * public no-argument constructor and no state, and does no work when it is loaded: discovery only lists extensions, the
 * settings of the component choose among them.
 *
 * @param <S> the settings record
 */
public interface Extension<S extends Record> {

    /**
     * Returns the name by which settings choose this extension.
     *
     * <p>It matches {@code [a-z][a-z0-9]*(-[a-z0-9]+)*}, is unique among the extensions of its interface, and never changes,
     * because users' profiles contain it.
     */
    String name();

    /** Returns one sentence that tells users what this extension does. */
    String description();

    /**
     * Returns the type of the settings: a record with {@link Setting} on each component that checks its values in the
     * compact constructor.
     */
    Class<S> settings();
}
