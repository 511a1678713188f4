package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Path;
import java.util.Map;
import java.util.WeakHashMap;

/** The claims of engines on their platforms: at most one engine is open over a platform. Safe for use by many threads. */
final class EngineClaim {
    /** The folders of the engines. A platform that is dropped with its engine is not kept. */
    private static final Map<Platform, Path> CLAIMED = new WeakHashMap<>();

    private EngineClaim() {}

    /**
     * Checks that no engine is open over a platform.
     *
     * @throws GeothermException if one is
     */
    static synchronized void requireFree(Platform platform) {
        Path other = CLAIMED.get(platform);
        if (other != null) {
            throw new GeothermException(
                    "an engine is already open over this platform, in " + other + "; close it first");
        }
    }

    /**
     * Claims a platform for the engine in a folder.
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
