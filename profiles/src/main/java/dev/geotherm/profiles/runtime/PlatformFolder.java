package dev.geotherm.profiles.runtime;

import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The work folder of a platform.
 *
 * @param path the absolute path; each component has its own folder in it
 * @param cleanup runs when the platform is closed or fails to start
 */
record PlatformFolder(Path path, Runnable cleanup) {

    /** Creates the folder if it is missing. */
    void create() {
        try {
            Files.createDirectories(path);
        } catch (IOException failed) {
            throw new GeothermException("cannot create the work folder " + path + ": " + failed, failed);
        }
    }
}
