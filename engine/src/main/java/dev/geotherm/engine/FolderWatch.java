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
 * A watch of a folder and of all folders below it: it tells that something changed, not what. Hidden files and folders are
 * ignored, and links are not followed. For one thread.
 */
final class FolderWatch implements Closeable {
    /** How often a cancellation is polled. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final Path root;
    private final WatchService service;

    /** Opens a watch that watches nothing yet. */
    FolderWatch(Path root) throws IOException {
        this.root = root;
        this.service = root.getFileSystem().newWatchService();
    }

    /**
     * Watches all folders that exist now. Read them after this call, so that no change is missed; a folder that is created later
     * is a change of the folder that it is in.
     *
     * @throws GeothermException if the system does not allow so many watched folders, or a folder cannot be read
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
                    return FileVisitResult.CONTINUE; // the reader of the folder reports it
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
            return; // the folder that it was in has changed
        }
    }

    /**
     * Waits for a change, and then until nothing has changed for a while, so that a burst of changes counts once.
     *
     * @param atMost how long to wait for a change
     * @param quiet how long nothing must change
     * @param longest how long to wait for that
     */
    void await(Duration atMost, Duration quiet, Duration longest, Cancellation cancellation)
            throws InterruptedException {
        boolean changing = awaitChange(atMost, cancellation);
        long start = System.nanoTime();
        while (changing && System.nanoTime() - start < longest.toNanos()) {
            changing = awaitChange(quiet, cancellation);
        }
    }

    /** Waits for a change; returns false if there was none in time, or the wait was cancelled. */
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

    /** Returns whether an event counts; an overflow does, because nobody knows what was lost. */
    private static boolean isChange(WatchKey key) {
        boolean change = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            change |= !(event.context() instanceof Path file && isHidden(file));
        }
        return !key.reset() || change; // the folder itself is gone
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
