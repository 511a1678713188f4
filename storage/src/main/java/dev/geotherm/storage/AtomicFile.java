package dev.geotherm.storage;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears complete or not at all: its content is written to a draft, forced to disk, and then moved to its
 * place. Whoever reads the file sees the old content or the new, also after a crash.
 *
 * <pre>{@code
 * try (AtomicFile file = AtomicFile.open(path)) {
 *     file.out().write(bytes);
 *     file.commit();
 * }
 * }</pre>
 *
 * <p>The file keeps the permissions of the one that it replaces, not its owner. A link stays: the file is written where
 * the link leads. What is there and is not a regular file (a pipe, a device) cannot be replaced; it receives the content
 * directly.
 *
 * <p>A draft has a name of its own beside the file, so that two writers never mix their contents: the last to commit
 * wins. It is deleted when the file is closed without a commit or the JVM exits, but not by {@code kill -9}. The only user
 * of a folder deletes such leftovers on opening it ({@link #isDraft}); the only writer of a file may name its draft
 * ({@link #open(Path, Path)}), which then replaces the leftover.
 *
 * <p>{@link #commit} does everything. A caller that holds a lock splits it: {@link #prepare} writes to disk and may be
 * slow, {@link #replace} only renames.
 *
 * <p>Not safe for use by several threads.
 */
public final class AtomicFile implements Closeable {
    private static final int MAX_LINKS = 40; // as many as Linux follows

    private final Path target;
    private final @Nullable Draft draft;
    private final FileChannel channel;
    private final OutputStream out;
    private final boolean ownName;
    private boolean prepared;
    private boolean replaced;
    private boolean closed;

    private AtomicFile(Path target, @Nullable Draft draft, boolean ownName) throws IOException {
        this.target = target;
        this.draft = draft;
        this.ownName = ownName;
        this.channel = draft == null ? FileChannel.open(target, StandardOpenOption.WRITE) : draft.create();
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    /**
     * Opens a file for replacement, with a draft beside it.
     *
     * @throws StorageException if it cannot be written: it is a folder, its folder does not exist, access is denied
     */
    public static AtomicFile open(Path target) throws StorageException {
        return open(target, null);
    }

    /**
     * Opens a file for replacement, with a draft of the given name. Only for callers that exclude other writers of the
     * file, by a lock for instance: a draft that is there already is taken for a leftover and replaced.
     *
     * @param draft a file in the same file system
     * @throws StorageException if it cannot be written
     */
    public static AtomicFile open(Path target, @Nullable Path draft) throws StorageException {
        try {
            Path place = place(target);
            if (Files.isDirectory(place)) {
                throw new IOException("it is a folder");
            }
            if (Files.exists(target) && !Files.isRegularFile(place)) {
                return new AtomicFile(target, null, false);
            }
            if (draft != null) {
                Files.deleteIfExists(draft); // first, so that a link of that name is not followed
                return new AtomicFile(target, Draft.of(draft.toAbsolutePath(), place), false);
            }
            return openBeside(target, place);
        } catch (NoSuchFileException noFolder) {
            throw new StorageException(
                    "cannot write " + target,
                    "there is no folder " + Path.of(noFolder.getFile()).getParent(),
                    noFolder);
        } catch (IOException refused) {
            throw new StorageException("cannot write " + target, refused);
        }
    }

    private static AtomicFile openBeside(Path target, Path place) throws IOException {
        Path name = DraftNames.reserve(place);
        try {
            return new AtomicFile(target, Draft.of(name, place), true);
        } catch (IOException | RuntimeException | Error refused) {
            DraftNames.free(name);
            throw refused;
        }
    }

    /** Returns where a file is or will be: the path, or where it leads if it is a link. */
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
     * @throws StorageException if it cannot be written; it is as it was before, then
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

    /** Returns whether a file has the name of a draft that was written beside some file. */
    public static boolean isDraft(Path file) {
        return DraftNames.isDraft(file);
    }

    /** Returns the buffered stream that takes the content. */
    public OutputStream out() {
        return out;
    }

    /**
     * Writes the content to disk, still under the draft's name; nothing can be added from then on. The second call has no
     * effect.
     */
    public void prepare() throws StorageException {
        if (prepared) {
            return;
        }
        requireOpen();
        try {
            out.flush();
            if (draft != null) {
                channel.force(true); // a pipe or a terminal cannot be forced
            }
            channel.close();
        } catch (IOException failed) {
            throw new StorageException("cannot write " + target, failed);
        }
        prepared = true;
    }

    /**
     * Prepares the file and moves it to its place. After a loss of power the old content may be back; {@link #commit}
     * rules that out. The second call has no effect.
     */
    public void replace() throws StorageException {
        prepare();
        if (replaced || draft == null) {
            return;
        }
        requireOpen();
        try {
            draft.move();
        } catch (IOException failed) {
            throw new StorageException("cannot write " + target, failed);
        }
        replaced = true;
    }

    /** Prepares the file, moves it to its place, and waits until its name is on disk. */
    public void commit() throws StorageException {
        replace();
        if (draft == null) {
            return;
        }
        try {
            DurableFiles.forceFolder(requireNonNull(draft.place().getParent(), "a file is in a folder"));
        } catch (IOException failed) {
            throw new StorageException("cannot write " + target, failed);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(target + " is closed");
        }
    }

    /** Deletes the draft unless it has replaced the file. The second call has no effect. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        channel.close();
        if (draft != null && !replaced) {
            Files.deleteIfExists(draft.path());
        }
        if (draft != null && ownName) {
            DraftNames.free(draft.path()); // not if the deletion failed: the name is in use then
        }
    }
}
