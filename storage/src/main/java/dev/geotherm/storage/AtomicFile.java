package dev.geotherm.storage;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * An atomic replacement of a file. The content is written to a draft, forced to disk, and moved over the file, so that
 * readers see either the old content or the new, even after a crash.
 *
 * <pre>{@code
 * try (AtomicFile file = AtomicFile.open(path)) {
 *     file.out().write(bytes);
 *     file.commit();
 * }
 * }</pre>
 *
 * <p>The new file has the permissions of the old one, but not its owner. Symbolic links are followed, not replaced. A
 * target that is not a regular file, such as a pipe or a device, cannot be replaced; the content is written to it
 * directly.
 *
 * <p>Each draft has a unique name in the target's folder, so concurrent writers never mix their contents; the last
 * commit wins. A draft is deleted on {@link #close} without a commit and when the JVM exits, but not on
 * {@code kill -9}. If your code is the only user of a folder, delete leftover drafts when you open the folder (see
 * {@link #isDraft}). If it is the only writer of a file, you can choose the name of the draft
 * ({@link #open(Path, Path)}): that draft is not deleted on exit, and a leftover draft is overwritten.
 *
 * <p>{@link #commit} does all steps. To hold a lock only briefly, split them: call {@link #prepare}, which writes to
 * disk, before you acquire the lock, and {@link #replace}, which only renames, while you hold it.
 *
 * <p>Interrupts do not affect it. Not thread-safe.
 */
public final class AtomicFile implements Closeable {
    private static final int MAX_LINKS = 40; // as many as Linux follows

    private final Path target;
    private final @Nullable Draft draft;
    private final @Nullable FileSync sync; // of the draft
    private final OutputStream file; // not a channel, which an interrupt closes
    private final OutputStream out;
    private final Disk disk;
    private final boolean ownName;
    private boolean prepared;
    private boolean replaced;
    private boolean closed;

    private AtomicFile(Path target, @Nullable Draft draft, Disk disk, boolean ownName) throws IOException {
        this.target = target;
        this.draft = draft;
        this.disk = disk;
        this.ownName = ownName;
        if (draft == null) {
            sync = null;
            file = Files.newOutputStream(target, StandardOpenOption.WRITE);
        } else {
            draft.create();
            sync = disk.sync(draft.path());
            file = new FileOutputStream(draft.path().toFile());
        }
        out = new BufferedOutputStream(file, 1 << 16);
    }

    /**
     * Opens a file for replacement, with a uniquely named draft in its folder.
     *
     * @throws StorageException if it cannot be written, for example because it is a folder, its folder does not exist,
     *     or access is denied
     */
    public static AtomicFile open(Path target) throws StorageException {
        return open(target, null);
    }

    /**
     * Opens a file for replacement, with a draft at the given path. The caller must exclude other writers, for example by a
     * lock: an existing draft is overwritten.
     *
     * @param draft a path in the same file system; null for a uniquely named draft in the file's folder
     * @throws StorageException if it cannot be written
     */
    public static AtomicFile open(Path target, @Nullable Path draft) throws StorageException {
        return open(target, draft, Disk.SYSTEM);
    }

    static AtomicFile open(Path target, @Nullable Path draft, Disk disk) throws StorageException {
        try {
            Path place = place(target);
            if (Files.isDirectory(place)) {
                throw new IOException("it is a folder");
            }
            if (Files.exists(target) && !Files.isRegularFile(place)) {
                return new AtomicFile(target, null, disk, false);
            }
            if (draft != null) {
                Files.deleteIfExists(draft); // first, so that a link of that name is not followed
                return new AtomicFile(target, Draft.of(draft.toAbsolutePath(), place), disk, false);
            }
            return openBeside(target, place, disk);
        } catch (NoSuchFileException noFolder) {
            throw new StorageException(
                    "cannot write " + target,
                    "there is no folder " + Path.of(noFolder.getFile()).getParent(),
                    noFolder);
        } catch (IOException refused) {
            throw new StorageException("cannot write " + target, refused);
        }
    }

    private static AtomicFile openBeside(Path target, Path place, Disk disk) throws IOException {
        Path name = DraftNames.reserve(place);
        try {
            return new AtomicFile(target, Draft.of(name, place), disk, true);
        } catch (IOException | RuntimeException | Error refused) {
            try {
                Files.deleteIfExists(name);
                DraftNames.free(name);
            } catch (IOException leftover) { // the name stays reserved
                refused.addSuppressed(leftover);
            }
            throw refused;
        }
    }

    /** Resolves the symbolic links of a path; the last target need not exist. */
    private static Path place(Path target) throws IOException {
        Path place = target.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(place); links++) {
            if (links == MAX_LINKS) {
                throw new IOException("its links lead in a circle");
            }
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        return place;
    }

    /**
     * Replaces a file's content, or creates the file.
     *
     * @throws StorageException if it cannot be written; the old content is kept
     */
    public static void write(Path target, byte[] content) throws StorageException {
        try (AtomicFile file = open(target)) {
            file.out().write(content);
            file.commit();
        } catch (StorageException failed) {
            throw failed;
        } catch (IOException failed) {
            throw new StorageException("cannot write " + target, failed);
        }
    }

    /** Returns whether a file has the name of a draft in its folder, of this process or another. */
    public static boolean isDraft(Path file) {
        return DraftNames.isDraft(file);
    }

    /** Returns the buffered stream for the content. */
    public OutputStream out() {
        return out;
    }

    /** Forces the draft to disk. After this call, nothing more can be written. A second call has no effect. */
    public void prepare() throws StorageException {
        if (prepared) {
            return;
        }
        requireOpen();
        try {
            out.flush();
            if (sync != null) {
                sync.force(true); // a pipe or a terminal cannot be forced
            }
            closeFile();
        } catch (IOException failed) {
            throw new StorageException("cannot write " + target, failed);
        }
        prepared = true;
    }

    /**
     * Prepares the draft and moves it over the target. The move itself is not forced: until {@link #commit} returns, a
     * power failure can restore the old content. A second call has no effect.
     */
    public void replace() throws StorageException {
        prepare();
        if (replaced || draft == null) {
            return;
        }
        requireOpen();
        try {
            draft.move(disk);
        } catch (IOException failed) {
            throw new StorageException("cannot write " + target, failed);
        }
        replaced = true;
    }

    /** Prepares the draft, moves it over the target, and forces the move to disk. */
    public void commit() throws StorageException {
        replace();
        if (draft == null) {
            return;
        }
        try {
            disk.forceFolder(DurableFiles.folder(draft.place()));
        } catch (IOException failed) {
            throw new StorageException("cannot write " + target, failed);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(target + " is closed");
        }
    }

    private void closeFile() throws IOException {
        try (file) {
            if (sync != null) {
                sync.close();
            }
        }
    }

    /** Deletes the draft unless it has replaced the target. A second call has no effect. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        closeFile();
        if (draft != null && !replaced) {
            Files.deleteIfExists(draft.path());
        }
        if (draft != null && ownName) {
            DraftNames.free(draft.path()); // if the deletion failed, the name stays reserved
        }
    }
}
