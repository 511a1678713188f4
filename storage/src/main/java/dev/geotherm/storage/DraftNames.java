package dev.geotherm.storage;

import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of drafts. No other process has the same, so that two may write one file at a time; within the process a name
 * is used again once it is free, because the JDK keeps every name that it was told to delete on exit.
 */
final class DraftNames {
    private static final String PREFIX = ".geotherm-";
    private static final String SUFFIX = ".partial";
    private static final String PROCESS = UUID.randomUUID().toString();
    private static final Set<Path> USED = ConcurrentHashMap.newKeySet();

    private DraftNames() {}

    /** Reserves a name in the folder of a file. */
    static Path reserve(Path place) {
        for (int i = 0; ; i++) {
            Path path = place.resolveSibling(PREFIX + PROCESS + "-" + i + SUFFIX);
            if (USED.add(path)) {
                return path;
            }
        }
    }

    /** Frees a name whose file is gone. */
    static void free(Path path) {
        USED.remove(path);
    }

    static boolean isDraft(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }
}
