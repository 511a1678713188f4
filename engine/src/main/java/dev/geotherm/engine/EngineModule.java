package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import dev.geotherm.api.GeothermException;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Guice module that binds {@link Knowledge} in an application's injector. Install it together with {@code
 * GeothermModule}, which binds the platform.
 *
 * <p>The module opens the engine on first use; a failure is a {@link ProvisionException}. The module owns the engine:
 * closing the module closes the engine, even if the injector could not be created. Close this module before the {@code
 * GeothermModule}. Thread-safe.
 */
public final class EngineModule extends AbstractModule implements AutoCloseable {
    private final Path folder;
    private final @Nullable EngineSettings settings;
    private @Nullable Knowledge knowledge;
    private boolean closed;

    /** Creates the module of an engine with the profile's settings; for the folder, see {@link Knowledge#open}. */
    public EngineModule(Path folder) {
        this.folder = requireNonNull(folder, "folder");
        this.settings = null;
    }

    /** Creates the module of an engine; for the folder, see {@link Knowledge#open}. */
    public EngineModule(Path folder, EngineSettings settings) {
        this.folder = requireNonNull(folder, "folder");
        this.settings = requireNonNull(settings, "settings");
    }

    @Override
    protected void configure() {
        Provider<Platform> platform = getProvider(Platform.class);
        bind(Knowledge.class).toProvider((Provider<Knowledge>) () -> knowledge(platform));
    }

    private synchronized Knowledge knowledge(Provider<Platform> platform) {
        if (closed) {
            throw new IllegalStateException("the EngineModule is closed: create a new one");
        }
        if (knowledge == null) {
            knowledge = open(platform.get());
        }
        return knowledge;
    }

    private Knowledge open(Platform platform) {
        try {
            return settings == null ? Knowledge.open(platform, folder) : Knowledge.open(platform, folder, settings);
        } catch (GeothermException failed) {
            throw new ProvisionException(failed.getMessage(), failed); // makes Guice report only this message
        }
    }

    /**
     * Closes the engine if it was opened. Idempotent.
     *
     * @throws GeothermException under the same conditions as {@link Knowledge#close()}
     */
    @Override
    public synchronized void close() {
        closed = true;
        if (knowledge != null) {
            knowledge.close();
        }
    }
}
