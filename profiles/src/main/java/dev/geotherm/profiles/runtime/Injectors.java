package dev.geotherm.profiles.runtime;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A factory of strict injectors, and constructor bindings without generated classes.
 *
 * <p>Stateless; thread-safe.
 */
public final class Injectors {
    private Injectors() {}

    /**
     * Creates an injector in which everything is bound explicitly: no just-in-time bindings, exact binding annotations,
     * no circular proxies. Eager singletons are created immediately.
     *
     * <p>An unchecked exception or error of a singleton's constructor is thrown unchanged.
     *
     * @throws CreationException if the bindings are invalid
     */
    public static Injector create(Module... modules) {
        List<Module> all = new ArrayList<>(List.of(modules));
        all.add(new Strictness());
        try {
            return Guice.createInjector(Stage.PRODUCTION, all);
        } catch (CreationException wrapped) {
            for (Message message : wrapped.getErrorMessages()) {
                if (message.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                if (message.getCause() instanceof Error cause) {
                    throw cause;
                }
            }
            throw wrapped;
        }
    }

    /**
     * Binds a class to its {@code @Inject} constructor, as a singleton that is created with the injector. Use it
     * instead of {@code bind(type)} and {@code @Provides} methods, for which Guice generates classes.
     *
     * @param binder the module's binder
     * @param type a class with one {@code @Inject} constructor of any visibility
     */
    public static <T> void bindConstructor(Binder binder, Class<T> type) {
        binder.bind(type).toProvider(new ConstructorProvider<>(binder, type)).asEagerSingleton();
    }

    /** The rules of these injectors; an application's injector has its own. */
    private static final class Strictness extends AbstractModule {
        @Override
        protected void configure() {
            binder().requireExplicitBindings();
            binder().requireExactBindingAnnotations();
            binder().disableCircularProxies();
        }
    }
}
