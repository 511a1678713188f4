package dev.geotherm.cli.run;

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
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears complete or not at all: written beside its place under a name that nobody else has, forced to disk,
 * then renamed. What it replaces hands on its permissions, not its owner.
 *
 * <p>A link stays: the file is where the link leads. What is there and is no regular file (a pipe, a device) cannot be
 * replaced; it takes the content as it is written.
 *
 * <p>Not safe for use by several threads.
 */
public final class AtomicFile implements Closeable {
    private static final int MOST_LINKS = 40; // as many as Linux follows

    private final Path target;
    private final @Nullable Draft draft;
    private final FileChannel channel;
    private final OutputStream out;

    /**
     * Opens the file beside its place, or what is in that place and is no regular file.
     *
     * @throws GeothermException if it cannot be written
     */
    public AtomicFile(Path target) {
        this.target = target;
        try {
            Path place = place(target);
            if (Files.isDirectory(place)) {
                throw new GeothermException("cannot write " + target + ": it is a folder");
            }
            boolean replaced = Files.isRegularFile(place) || !Files.exists(target);
            draft = replaced ? Draft.of(place) : null;
            channel = draft == null ? FileChannel.open(target, StandardOpenOption.WRITE) : draft.create();
        } catch (NoSuchFileException noFolder) {
            throw new GeothermException(
                    "cannot write " + target + ": there is no folder "
                            + Path.of(noFolder.getFile()).getParent(),
                    noFolder);
        } catch (IOException refused) {
            throw new GeothermException("cannot write " + target + ": " + reason(refused), refused);
        }
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    /** Returns where a file is or will be: the path, or where it leads if it is a link. */
    private static Path place(Path target) throws IOException {
        Path place = target.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(place); links++) {
            if (links == MOST_LINKS) {
                throw new IOException("its links lead in a circle");
            }
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        return place;
    }

    /** Returns what takes the content. */
    public OutputStream out() {
        return out;
    }

    /** Puts the file in its place. */
    public void commit() {
        try {
            out.flush();
            if (draft == null) {
                channel.close(); // a pipe or a terminal cannot be forced to disk
            } else {
                channel.force(true);
                channel.close();
                draft.move();
            }
        } catch (IOException failed) {
            throw new GeothermException("cannot write " + target + ": " + reason(failed), failed);
        }
    }

    /** Removes what was written unless it was committed. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (draft != null) {
            draft.discard();
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
