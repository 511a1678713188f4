package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.FailureReason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A watch of a folder and all folders below it. It reports only that something has changed. Hidden files and folders are
 * ignored, and links are not followed. Not thread-safe.
 */
final class FolderWatch implements Closeable {
    /** The interval at which a cancellation is polled. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final Path root;
    private final WatchService service;

    /** Opens a watch that does not watch any folder yet. */
    FolderWatch(Path root) throws IOException {
        this.root = root;
        this.service = root.getFileSystem().newWatchService();
    }

    /**
     * Watches all existing folders. To miss no change, read the folders after this call. The creation of a folder is a
     * change of its parent.
     *
     * @throws GeothermException if the system's limit of watched folders is exceeded, or a folder cannot be read
     */
    void register() {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                        throws IOException {
                    if (!folder.equals(root) && isHidden(folder)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    register(folder);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE; // the reader of the folder reports the problem
                }
            });
        } catch (IOException failed) {
            throw new GeothermException("cannot watch " + root + ": " + FailureReason.of(failed), failed);
        }
    }

    private void register(Path folder) throws IOException {
        try {
            folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (NoSuchFileException goneMeanwhile) {
            return; // the parent folder has changed
        }
    }

    /**
     * Waits for a change, and then for a quiet period, which makes a burst of changes count once.
     *
     * @param atMost the maximum wait for a change
     * @param quiet the quiet period
     * @param longest the maximum wait for the quiet period
     */
    void await(Duration atMost, Duration quiet, Duration longest, Cancellation cancellation)
            throws InterruptedException {
        boolean changing = awaitChange(atMost, cancellation);
        long start = System.nanoTime();
        while (changing && System.nanoTime() - start < longest.toNanos()) {
            changing = awaitChange(quiet, cancellation);
        }
    }

    /** Waits for a change. Returns false after a timeout or a cancellation. */
    private boolean awaitChange(Duration atMost, Cancellation cancellation) throws InterruptedException {
        long start = System.nanoTime();
        long left = atMost.toNanos();
        while (left > 0 && !cancellation.isRequested()) {
            WatchKey key = service.poll(Math.min(left, POLL.toNanos()), TimeUnit.NANOSECONDS);
            if (key != null && isChange(key)) {
                return true;
            }
            left = atMost.toNanos() - (System.nanoTime() - start);
        }
        return false;
    }

    /** Returns whether an event counts. An overflow counts, because any event may have been lost. */
    private static boolean isChange(WatchKey key) {
        boolean change = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            change |= !(event.context() instanceof Path file && isHidden(file));
        }
        return !key.reset() || change; // an invalid key means that the folder itself is gone
    }

    private static boolean isHidden(Path file) {
        Path name = file.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
