package dev.geotherm.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A retention policy for files that are written one after another, such as exports: bounds on their total size and
 * their age. The oldest files are deleted first. The newest file is never deleted: it is still being written.
 *
 * @param maxBytes the maximum total size, including the newest file; at least 0
 * @param maxAge the maximum time since a file was last written; not negative
 */
public record Retention(long maxBytes, Duration maxAge) {

    /** A {@code maxAge} that is never exceeded. */
    public static final Duration ANY_AGE = Duration.ofSeconds(Long.MAX_VALUE);

    /** A {@code maxBytes} that is never exceeded. */
    public static final long ANY_SIZE = Long.MAX_VALUE;

    /** Checks the values. */
    public Retention {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must be at least 0, was " + maxBytes);
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge must not be negative, was " + maxAge);
        }
    }

    private record Entry(Path file, long bytes, Instant modified) {

        static Entry of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Entry(
                    file, attributes.size(), attributes.lastModifiedTime().toInstant());
        }
    }

    /** Returns how many files, counted from the oldest, have expired. The last one never does. */
    private int expired(List<Entry> oldestFirst, Instant now) {
        long bytes = oldestFirst.stream().mapToLong(Entry::bytes).sum();
        int count = 0;
        while (count < oldestFirst.size() - 1) {
            Entry oldest = oldestFirst.get(count);
            boolean old = Duration.between(oldest.modified(), now).compareTo(maxAge) > 0;
            if (bytes <= maxBytes && !old) {
                break;
            }
            bytes -= oldest.bytes();
            count++;
        }
        return count;
    }

    /**
     * Deletes the expired files, oldest first. Files that do not exist are ignored.
     *
     * @param oldestFirst the files; the last existing one is never deleted
     * @return the deleted files
     * @throws IOException if a file cannot be deleted; older ones have been deleted by then
     */
    public List<Path> apply(List<Path> oldestFirst, Instant now) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : oldestFirst) {
            try {
                entries.add(Entry.of(file));
            } catch (NoSuchFileException gone) {
                // already deleted
            }
        }
        List<Path> deleted = new ArrayList<>();
        for (Entry expired : entries.subList(0, expired(entries, now))) {
            Files.deleteIfExists(expired.file());
            deleted.add(expired.file());
        }
        return deleted;
    }
}
