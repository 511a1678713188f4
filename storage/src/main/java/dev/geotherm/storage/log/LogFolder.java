package dev.geotherm.storage.log;

import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.DurableFiles;
import dev.geotherm.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The files of a log. {@code NNNNNNNNNNNNNNNNNNNN.log} is a segment, named after the position of its first frame;
 * {@code start} contains the position of the first frame of a trimmed log; {@code deleted} exists while the log is being
 * deleted; {@code lock} is the lock file.
 *
 * @param path of the folder
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

    /** Returns the position of the first frame. */
    long start() throws IOException {
        Path file = path.resolve(START);
        if (!Files.exists(file)) {
            return 0;
        }
        String line = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        int space = line.indexOf(' ');
        if (space < 0 || !line.matches("[0-9]{1,19} [0-9a-f]+") || !line.equals(line(line.substring(0, space)))) {
            throw new DamagedLogException(file, 0, "its content does not match its checksum");
        }
        return Long.parseLong(line.substring(0, space));
    }

    /** Sets the position of the first frame. Only then may the segments before it be deleted. */
    void setStart(long position) throws StorageException {
        AtomicFile.write(path.resolve(START), line(Long.toString(position)).getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(String position) {
        CRC32C crc = new CRC32C();
        crc.update(position.getBytes(StandardCharsets.US_ASCII));
        return position + " " + Long.toHexString(crc.getValue());
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
