package dev.geotherm.storage.log;

import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a log. {@code NNNNNNNNNNNNNNNNNNNN.log} is a segment, named after the position of its first frame;
 * {@code start} contains the position of the first frame; {@code deleted} exists while the log is being
 * deleted; {@code lock} is the lock file.
 *
 * @param path the path of the folder
 */
record LogFolder(Path path) {
    static final String LOCK = "lock";
    private static final Pattern SEGMENT = Pattern.compile("[0-9]{20}\\.log");
    private static final String DRAFT = "segment.partial";
    private static final String START = "start";
    private static final String DELETED = "deleted";

    /** Returns the segments, oldest first. */
    List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file ->
                            SEGMENT.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    Path segment(long base) {
        return path.resolve(String.format(Locale.ROOT, "%020d.log", base));
    }

    /** Creates an empty segment atomically. */
    void create(SegmentHeader header) throws IOException {
        try (AtomicFile file = AtomicFile.open(segment(header.base()), path.resolve(DRAFT))) {
            file.out().write(header.encode());
            file.commit();
        }
    }

    /** Returns the file with the position of the first frame. */
    StartFile start() {
        return new StartFile(path.resolve(START));
    }

    /** Deletes all files except for the lock file. After a crash, {@link #finishDeletion} deletes the rest. */
    void delete() throws IOException {
        AtomicFile.write(path.resolve(DELETED), new byte[0]);
        finishDeletion();
    }

    void finishDeletion() throws IOException {
        if (!Files.exists(path.resolve(DELETED))) {
            return;
        }
        for (Path segment : segments()) {
            Files.delete(segment);
        }
        Files.deleteIfExists(path.resolve(START));
        Files.deleteIfExists(path.resolve(DRAFT));
        DurableFiles.forceFolder(path);
        DurableFiles.delete(path.resolve(DELETED));
    }

    /** Deletes the folder unless it contains files. */
    void deleteIfEmpty() throws IOException {
        try {
            DurableFiles.delete(path);
        } catch (DirectoryNotEmptyException used) {
            return; // by a new log of another process, or by files of a user
        }
    }
}
