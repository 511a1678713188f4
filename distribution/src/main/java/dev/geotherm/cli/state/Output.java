package dev.geotherm.cli.state;

import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.FailureReason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The output of a command, to stdout or a file. Either receives the whole result or nothing. */
public final class Output {
    private Output() {}

    /** The data to write. */
    @FunctionalInterface
    public interface Content {

        /** Writes all data; the caller closes the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes data to a file, or to {@code stdout} if the file is null. Output that cannot be undone, such as stdout or a
     * pipe, starts only when all data is complete.
     *
     * @throws GeothermException if the data cannot be written
     */
    public static void write(@Nullable Path file, OutputStream stdout, Content content) {
        try {
            if (file == null) {
                spooled(content).writeTo(stdout);
            } else if (Files.exists(file) && !Files.isRegularFile(file)) {
                Spool result = spooled(content);
                write(result::writeTo, AtomicFile.open(file));
            } else {
                write(content, AtomicFile.open(file));
            }
        } catch (IOException failed) {
            throw new GeothermException(
                    "cannot write " + (file == null ? "to stdout" : file) + ": " + FailureReason.of(failed), failed);
        }
    }

    private static void write(Content content, AtomicFile file) throws IOException {
        try (file) {
            content.writeTo(file.out());
            file.commit();
        }
    }

    private static Spool spooled(Content content) throws IOException {
        Spool spool = new Spool();
        content.writeTo(spool);
        return spool;
    }
}
