package dev.geotherm.storage;

import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of drafts, unique among processes. Free names are reused within the process, because the JDK keeps every
 * path passed to {@link java.io.File#deleteOnExit} until it exits.
 */
final class DraftNames {
    private static final String PREFIX = ".geotherm-";
    private static final String SUFFIX = ".partial";
    private static final String PROCESS = UUID.randomUUID().toString();
    private static final Set<Path> USED = ConcurrentHashMap.newKeySet();

    private DraftNames() {}

    /** Reserves a name in the folder of a file. A draft of that name is deleted when the JVM exits. */
    static Path reserve(Path place) {
        for (int i = 0; ; i++) {
            Path path = place.resolveSibling(PREFIX + PROCESS + "-" + i + SUFFIX);
            if (USED.add(path)) {
                path.toFile().deleteOnExit();
                return path;
            }
        }
    }

    /** Frees the name of a draft that no longer exists. */
    static void free(Path path) {
        USED.remove(path);
    }

    static boolean isDraft(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }
}
