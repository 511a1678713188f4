package dev.geotherm.storage.log;

import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The file with the position of a log's first frame. Setting the position needs no disk space, so a log can be trimmed
 * when the disk is full.
 *
 * <p>It has two lines of equal length, each a position and its CRC-32C; the higher position is the current one. The
 * other line is overwritten in place, so a crash leaves at least one valid line. If the invalid line held the current
 * position, the segments from the lower position on are missing, which is detected.
 *
 * @param path the path of the file
 */
record StartFile(Path path) {
    private static final int LINE = 19 + 1 + 8 + 1;

    /** Creates the file for a log that starts at 0, unless it exists. */
    void create() throws StorageException {
        if (!Files.exists(path)) {
            AtomicFile.write(path, (line(0) + line(0)).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Returns the position; 0 if the file does not exist. */
    long read() throws IOException {
        if (!Files.exists(path)) {
            return 0;
        }
        String content = content();
        long start = Math.max(position(content, 0), position(content, 1));
        if (start < 0) {
            throw new DamagedLogException(path, 0, "its content does not match its checksum");
        }
        return start;
    }

    /** Sets the position, which never decreases, and forces it to disk. Only then may the segments before it be deleted. */
    void write(long position, AppendLog.Disk disk) throws IOException {
        create();
        String content = content();
        int line = position(content, 0) < position(content, 1) ? 0 : 1;
        try (DiskFile file = disk.open(path)) {
            file.write((long) line * LINE, line(position).getBytes(StandardCharsets.US_ASCII), LINE);
            file.force();
        }
    }

    private String content() throws IOException {
        return Files.readString(path, StandardCharsets.ISO_8859_1);
    }

    private static String line(long position) {
        String digits = String.format(Locale.ROOT, "%019d", position);
        CRC32C crc = new CRC32C();
        crc.update(digits.getBytes(StandardCharsets.US_ASCII));
        return digits + String.format(Locale.ROOT, " %08x\n", crc.getValue());
    }

    /** Returns the position in a line, or -1 if it is invalid. */
    private static long position(String content, int line) {
        if (content.length() != 2 * LINE) {
            return -1;
        }
        String text = content.substring(line * LINE, (line + 1) * LINE);
        if (!text.matches("[0-9]{19} [0-9a-f]{8}\n")) {
            return -1;
        }
        long position;
        try {
            position = Long.parseLong(text.substring(0, 19));
        } catch (NumberFormatException tooLarge) {
            return -1;
        }
        return text.equals(line(position)) ? position : -1;
    }
}
