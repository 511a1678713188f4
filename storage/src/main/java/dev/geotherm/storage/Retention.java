package dev.geotherm.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A bound on the total size and the age of files that are written one after the other, such as segments or exports. The
 * oldest are deleted first; the newest, which is being written, never.
 *
 * @param maxBytes of all files together, the newest included; at least 0
 * @param maxAge since a file was last written; not negative
 */
public record Retention(long maxBytes, Duration maxAge) {

    /** No bound on the age. */
    public static final Duration ANY_AGE = Duration.ofSeconds(Long.MAX_VALUE);

    /** No bound on the size. */
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

    /**
     * A file and what decides about it.
     *
     * @param modified when it was last written
     */
    public record Entry(Path file, long bytes, Instant modified) {

        /** Reads the size and the time of a file. */
        public static Entry of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Entry(
                    file, attributes.size(), attributes.lastModifiedTime().toInstant());
        }
    }

    /** Returns how many of the files are to be deleted, from the first on; the last one is never among them. */
    public int expired(List<Entry> oldestFirst, Instant now) {
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
     * Deletes files that are too old or too many, oldest first. A file that somebody else deletes meanwhile counts as gone.
     *
     * @param files in any order; ordered by the time they were last written, then by name
     * @return those that were deleted
     * @throws IOException if one cannot be deleted; older ones are gone then
     */
    public List<Path> apply(Collection<Path> files, Instant now) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            try {
                entries.add(Entry.of(file));
            } catch (NoSuchFileException gone) {
                // nothing to delete
            }
        }
        entries.sort(Comparator.comparing(Entry::modified).thenComparing(Entry::file));
        List<Path> deleted = new ArrayList<>();
        for (Entry expired : entries.subList(0, expired(entries, now))) {
            Files.deleteIfExists(expired.file());
            deleted.add(expired.file());
        }
        return deleted;
    }
}
