package dev.geotherm.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reason for an {@link IOException}, in words. */
public final class FailureReason {
    private static final Pattern FULL_DISK = Pattern.compile("No space left on device|Disk quota exceeded");

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

    /** Returns whether a failure or one of its causes is that a disk is full. */
    public static boolean isFullDisk(Throwable failure) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            String message = each.getMessage();
            if (each instanceof IOException
                    && message != null
                    && FULL_DISK.matcher(message).find()) {
                return true;
            }
        }
        return false;
    }
}
