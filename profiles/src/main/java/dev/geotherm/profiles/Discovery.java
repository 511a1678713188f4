package dev.geotherm.profiles;

import dev.geotherm.api.ComponentKind;
import java.util.List;

/** Every factory that there is, by kind and name. */
@SuppressWarnings("DoNotCallSuggester")
public final class Discovery {
    private Discovery() {}

    /** Looks on the class path and in the plugins. */
    public static Discovery of(Plugins plugins) {
        throw new IllegalStateException("follows");
    }

    /** Returns every factory, by kind and name. */
    public List<Discovered> all() {
        throw new IllegalStateException("follows");
    }

    /** Returns the factory of that kind and name. */
    public Discovered find(ComponentKind kind, String name) {
        throw new IllegalStateException("follows");
    }
}
