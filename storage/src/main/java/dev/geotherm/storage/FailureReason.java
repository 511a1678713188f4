package dev.geotherm.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** The reason for an {@link IOException}, in words. */
public final class FailureReason {
    private FailureReason() {}

    /**
     * Returns why a file operation failed, for messages. The message of a JDK exception is often only the path, and the
     * type is the reason: {@code AccessDeniedException: a.txt} becomes {@code access denied (a.txt)}.
     */
    public static String of(IOException failure) {
        if (failure instanceof StorageException ours) {
            return ours.reason();
        }
        String message = failure.getMessage();
        if (failure instanceof FileNotFoundException && message != null) {
            // NAME (Reason)
            return message.replaceFirst("(?s)^.*\\((.*)\\)$", "$1").toLowerCase(Locale.ROOT);
        }
        if (failure.getClass() == FileSystemException.class) {
            FileSystemException known = (FileSystemException) failure;
            if (known.getReason() != null) {
                String other = known.getOtherFile() == null ? "" : " -> " + known.getOtherFile();
                return known.getReason() + " (" + known.getFile() + other + ")";
            }
        }
        if (failure.getClass() == IOException.class && message != null) {
            return message;
        }
        String kind = failure.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .replace(" Exception", "")
                .toLowerCase(Locale.ROOT);
        return message == null ? kind : kind + " (" + message + ")";
    }
}
