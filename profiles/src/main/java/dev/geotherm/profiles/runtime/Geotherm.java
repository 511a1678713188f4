package dev.geotherm.profiles.runtime;

import dev.geotherm.api.GeothermException;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entry point to a platform with defaults: built-in profiles, the environment, the implementations on the class
 * path, and a temporary work folder that is deleted when the platform is closed.
 */
public final class Geotherm {
    private Geotherm() {}

    /**
     * Starts a built-in profile, or the one in a {@code .yaml} file.
     *
     * @throws GeothermException as {@link Configuration#bind} and {@link Platform#start} do
     */
    public static Platform start(String profile) {
        Configuration configuration = Configuration.bind(
                Profiles.builtIn(), profile, Overrides.of(System.getenv(), List.of()), Discovery.of(Plugins.none()));
        Path folder = temporaryFolder();
        return Platform.start(
                configuration, new PlatformFolder(folder, () -> removeWithContent(folder)), Clock.systemUTC());
    }

    /** Starts the profile in a file; otherwise as {@link #start(String)}. */
    public static Platform start(Path profileFile) {
        return start(profileFile.toAbsolutePath().toString());
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("geotherm-");
        } catch (IOException failed) {
            throw new GeothermException(
                    "cannot create a work folder in " + System.getProperty("java.io.tmpdir") + ": " + failed, failed);
        }
    }

    private static void removeWithContent(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failed)
                        throws IOException {
                    if (failed != null) {
                        throw failed;
                    }
                    Files.delete(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove the work folder " + folder, failed);
        }
    }
}
