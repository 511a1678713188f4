package dev.geotherm.storage;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The process that holds a lock.
 *
 * @param pid its process id
 * @param since the time at which it acquired the lock, to the second
 */
public record LockHolder(long pid, Instant since) {

    static LockHolder now() {
        return new LockHolder(ProcessHandle.current().pid(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Parses a {@link #line}; returns null if it is invalid. */
    static @Nullable LockHolder parse(String line) {
        String[] parts = line.strip().split(" ");
        try {
            return parts.length == 2 ? new LockHolder(Long.parseLong(parts[0]), Instant.parse(parts[1])) : null;
        } catch (NumberFormatException | DateTimeException unknown) {
            return null;
        }
    }

    /** Returns the content of the lock file. */
    String line() {
        return pid + " " + since + "\n";
    }

    /** Returns the holder for messages: {@code process 4711 (since 2026-11-22T10:15:30Z)}. */
    @Override
    public String toString() {
        String process = pid == ProcessHandle.current().pid() ? "this process" : "process " + pid;
        return process + " (since " + since + ")";
    }
}
