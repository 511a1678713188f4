package dev.geotherm.batch;

import dev.geotherm.api.batch.EvaluationException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive right to one output, in this process and among all others, with its checkpoint opened.
 *
 * <p>The right is a lock of the checkpoint file. Locks of a process are not counted: whoever closes a file that the process
 * has locked through another channel loses that lock too. So a file that is claimed in this JVM is not opened again.
 */
final class OutputClaim implements Closeable {
    private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

    private final OutputFiles files;
    private final FileChannel channel;
    private final boolean created;

    private OutputClaim(OutputFiles files, FileChannel channel, boolean created) {
        this.files = files;
        this.channel = channel;
        this.created = created;
    }

    /**
     * Claims an output, and creates an empty checkpoint if there is none.
     *
     * @throws EvaluationException if another has it, or the checkpoint cannot be opened
     */
    static OutputClaim of(OutputFiles files) {
        if (!CLAIMED.add(files.checkpoint())) {
            throw taken(files, "another evaluator of this process");
        }
        try {
            return open(files);
        } catch (IOException e) {
            CLAIMED.remove(files.checkpoint());
            throw new EvaluationException(
                    "cannot write the checkpoint " + files.checkpoint() + ": " + OutputFiles.reason(e), e);
        } catch (RuntimeException e) {
            CLAIMED.remove(files.checkpoint());
            throw e;
        }
    }

    private static OutputClaim open(OutputFiles files) throws IOException {
        Path file = files.checkpoint();
        Object before = key(file);
        FileChannel channel;
        try {
            channel = before == null
                    ? FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)
                    : FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException | NoSuchFileException changed) {
            if (before == null && changed instanceof NoSuchFileException) {
                throw changed;
            }
            throw taken(files, "another process");
        }
        boolean locked = false;
        try {
            // A job that ends deletes its checkpoint while it has the lock: what was opened may be gone by now.
            locked = channel.tryLock() != null && (before == null || Objects.equals(before, key(file)));
        } catch (OverlappingFileLockException another) {
            throw new EvaluationException(
                    "the checkpoint " + file + " is locked by another part of this process", another);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw taken(files, "another process");
        }
        return new OutputClaim(files, channel, before == null);
    }

    /** Returns what tells this file from another that had its name, or null if there is none. */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Objects.requireNonNullElse(attributes.fileKey(), file);
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    private static EvaluationException taken(OutputFiles files, String by) {
        return new EvaluationException("the output " + files.output() + " is being written by " + by + ", which has "
                + files.checkpoint() + "; wait for its end, or give this job another output");
    }

    FileChannel channel() {
        return channel;
    }

    /** Gives the claim up as if it had never been: a checkpoint that it created is gone. */
    void undo() {
        try (this) {
            if (created) {
                Files.deleteIfExists(files.checkpoint());
            }
        } catch (IOException e) {
            throw new EvaluationException("cannot close the checkpoint " + files.checkpoint(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            CLAIMED.remove(files.checkpoint());
        }
    }
}
