package dev.geotherm.profiles;

import java.nio.file.Path;
import java.util.List;

/** Jars that were dropped in a folder, each behind a class loader of its own. */
@SuppressWarnings("DoNotCallSuggester")
public final class Plugins implements AutoCloseable {
    private Plugins() {}

    /** Returns no plugins. */
    public static Plugins none() {
        return new Plugins();
    }

    /** Opens every {@code *.jar} of the folder on its own, and the jars of each folder in it together. */
    public static Plugins open(Path folder) {
        throw new IllegalStateException("follows");
    }

    /** Returns one class loader for each plugin. */
    public List<ClassLoader> loaders() {
        return List.of();
    }

    @Override
    public void close() {}
}
