package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Path;
import java.util.Map;
import java.util.WeakHashMap;

/** The thread-safe registry of the platforms in use by engines. At most one engine can be open over a platform. */
final class EngineClaim {
    /** The folder of the engine over each platform. Weak keys, so an abandoned platform and its engine can be collected. */
    private static final Map<Platform, Path> CLAIMED = new WeakHashMap<>();

    private EngineClaim() {}

    /**
     * Checks that no engine is open over a platform.
     *
     * @throws GeothermException if an engine is open over it
     */
    static synchronized void requireFree(Platform platform) {
        Path other = CLAIMED.get(platform);
        if (other != null) {
            throw new GeothermException(
                    "an engine is already open over this platform, in " + other + "; close it first");
        }
    }

    /**
     * Registers a platform as used by the engine in a folder.
     *
     * @throws GeothermException if an engine is open over it
     */
    static synchronized void acquire(Platform platform, Path folder) {
        requireFree(platform);
        CLAIMED.put(platform, folder);
    }

    static synchronized void release(Platform platform) {
        CLAIMED.remove(platform);
    }
}
