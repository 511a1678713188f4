package dev.geotherm.api;

import java.util.List;
import java.util.ServiceLoader;

/** The installed extensions, on the class path or module path and in plugins. Thread-safe. */
public interface Extensions {

    /** Returns the extensions of an interface, in no particular order. */
    <E extends Extension<?>> List<E> of(Class<E> type);

    /** Returns the extensions on the class path or module path, for components without a platform. */
    static Extensions onClassPath() {
        return new Extensions() {
            @Override
            public <E extends Extension<?>> List<E> of(Class<E> type) {
                return ServiceLoader.load(type, type.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
            }
        };
    }
}
