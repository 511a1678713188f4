package dev.geotherm.profiles;

import com.google.inject.AbstractModule;
import java.nio.file.Path;

/** Bindings of a platform and its components, for somebody's own injector. */
@SuppressWarnings("DoNotCallSuggester")
public final class GeothermModule extends AbstractModule {

    /** Creates the module. */
    public GeothermModule(Configuration configuration, Path workDirectory) {
        throw new IllegalStateException("follows");
    }
}
