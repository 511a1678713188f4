package dev.geotherm.cli.run;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A file that appears complete or not at all: written beside its place, forced to disk, then renamed.
 *
 * <p>Not safe for use by several threads.
 */
public final class AtomicFile implements Closeable {
    private final Path target;
    private final Path folder;
    private final Path partial;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean committed;

    /**
     * Opens the file beside its place.
     *
     * @throws GeothermException if the folder cannot be written
     */
    public AtomicFile(Path target) {
        this.target = target;
        this.folder = requireNonNull(target.toAbsolutePath().getParent(), "a file is in a folder");
        this.partial = target.resolveSibling("." + target.getFileName() + ".partial");
        try {
            channel = FileChannel.open(
                    partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (NoSuchFileException noFolder) {
            throw new GeothermException("cannot write " + target + ": there is no folder " + folder, noFolder);
        } catch (IOException refused) {
            throw new GeothermException("cannot write " + target + ": " + reason(refused), refused);
        }
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    /** Returns what takes the content. */
    public OutputStream out() {
        return out;
    }

    /** Puts the file in its place. */
    public void commit() {
        try {
            out.flush();
            channel.force(true);
            channel.close();
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            committed = true;
            force(folder);
        } catch (IOException failed) {
            throw new GeothermException("cannot write " + target + ": " + reason(failed), failed);
        }
    }

    /** Removes what was written unless it was committed. */
    @Override
    public void close() throws IOException {
        if (!committed) {
            channel.close();
            Files.deleteIfExists(partial);
        }
    }

    /** A rename survives a power cut only once its folder is on disk. */
    private static void force(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Returns why an operation on a file failed; the JDK's message is often the path alone. */
    public static String reason(IOException failure) {
        if (failure instanceof FileNotFoundException && failure.getMessage() != null) {
            // NAME (Reason)
            String inBrackets = failure.getMessage().replaceFirst("(?s)^.*\\((.*)\\)$", "$1");
            return inBrackets.toLowerCase(Locale.ROOT);
        }
        String kind = failure.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .replace(" Exception", "");
        String message = failure.getMessage();
        return failure.getClass() == IOException.class && message != null
                ? message
                : kind.toLowerCase(Locale.ROOT) + (message == null ? "" : " (" + message + ")");
    }
}
