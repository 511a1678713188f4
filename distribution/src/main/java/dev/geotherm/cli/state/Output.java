package dev.geotherm.cli.state;

import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.FailureReason;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The output of a command: stdout, or a file that appears complete or not at all. */
public final class Output {
    private Output() {}

    /** The data to write. */
    @FunctionalInterface
    public interface Content {

        /** Writes all data; the caller closes the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes data to a file, or to stdout if there is none.
     *
     * @throws GeothermException if it cannot be written
     */
    public static void write(@Nullable Path file, Content content) {
        try {
            if (file == null) {
                // Not System.out, which keeps failures to itself.
                OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
                content.writeTo(out);
                out.flush();
            } else {
                try (AtomicFile atomic = AtomicFile.open(file)) {
                    content.writeTo(atomic.out());
                    atomic.commit();
                }
            }
        } catch (IOException failed) {
            throw new GeothermException(
                    "cannot write " + (file == null ? "to stdout" : file) + ": " + FailureReason.of(failed), failed);
        }
    }
}
