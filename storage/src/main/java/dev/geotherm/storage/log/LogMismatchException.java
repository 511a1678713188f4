package dev.geotherm.storage.log;

import static java.util.Objects.requireNonNull;

import dev.geotherm.storage.StorageException;
import java.nio.file.Path;

/** Thrown when an intact log has another header than expected. */
public final class LogMismatchException extends StorageException {
    private static final long serialVersionUID = 1L;

    private final transient LogHeader found;

    LogMismatchException(Path folder, LogHeader expected, LogHeader found) {
        super(
                "the log " + folder + " cannot be used here",
                difference(expected, found) + "; use another folder, or delete this one to start over",
                null);
        this.found = found;
    }

    private static String difference(LogHeader expected, LogHeader found) {
        if (!found.magic().equals(expected.magic())) {
            return "expected the magic " + expected.magic() + ", found " + found.magic();
        }
        return found.version() != expected.version()
                ? "expected version " + expected.version() + ", found " + found.version()
                : "expected the fingerprint '" + expected.fingerprint() + "', found '" + found.fingerprint() + "'";
    }

    /** Returns the header of the existing log. */
    public LogHeader found() {
        return requireNonNull(found, "not serialized");
    }
}
