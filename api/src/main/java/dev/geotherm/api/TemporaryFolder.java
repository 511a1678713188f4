package dev.geotherm.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A new folder below the JVM's temporary folder. Its name cannot be guessed, only its owner can access it (mode 0700 on
 * POSIX systems), and closing it deletes it with its content.
 *
 * <p>A folder that is not closed is deleted when the JVM exits, but not after {@code kill -9}. Links in it are deleted, not
 * followed. Thread-safe.
 */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /** Registered only while the folder is open, because a hook keeps the class loader of this class alive. */
    private final Thread exitHook = new Thread(this::deleteAtExit, "geotherm-temporary-folder");

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /**
     * Creates a folder.
     *
     * @throws GeothermException if the JVM's temporary folder cannot be written; the message names it
     */
    public static TemporaryFolder create() {
        try {
            TemporaryFolder created =
                    new TemporaryFolder(Files.createTempDirectory("geotherm-").toAbsolutePath());
            created.deleteWhenTheJvmExits();
            return created;
        } catch (IOException failed) {
            throw new GeothermException(
                    "cannot create a folder in " + System.getProperty("java.io.tmpdir") + ": " + failed
                            + "; choose another with -Djava.io.tmpdir=…",
                    failed);
        }
    }

    /** Returns the absolute path. */
    public Path path() {
        return path;
    }

    /**
     * Deletes the folder and its content. Idempotent.
     *
     * @throws UncheckedIOException if something in it cannot be deleted
     */
    @Override
    public void close() {
        if (!open.compareAndSet(true, false)) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException exiting) {
            // The JVM is exiting: the hook will find the folder closed.
        }
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                    if (failed instanceof NoSuchFileException) { // deleted concurrently
                        return FileVisitResult.CONTINUE;
                    }
                    throw failed;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failed)
                        throws IOException {
                    if (failed != null) {
                        throw failed;
                    }
                    Files.deleteIfExists(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete the temporary folder " + path, failed);
        }
    }

    private void deleteWhenTheJvmExits() {
        try {
            Runtime.getRuntime().addShutdownHook(exitHook);
        } catch (IllegalStateException exiting) {
            // The JVM is exiting: only the creator can close the folder.
        }
    }

    /** Runs when the JVM exits, where no caller can handle a failure. */
    private void deleteAtExit() {
        try {
            close();
        } catch (UncheckedIOException left) {
            // The clean-up of temporary files by the operating system will delete it.
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
