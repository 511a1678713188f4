package dev.geotherm.storage.log;

import dev.geotherm.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The header of a segment file: magic (8 bytes), version of this layout (4), version of the payloads (4), id of the log (8),
 * position of the first frame (8), length of the fingerprint (4), fingerprint, CRC-32C of all of these (4). Big-endian.
 *
 * @param log the description of the log's payloads
 * @param logId a random number, the same in all segments of a log
 * @param base the position of the first frame
 */
record SegmentHeader(LogHeader log, long logId, long base) {
    private static final int LAYOUT = 1;
    private static final int FIXED = LogHeader.MAGIC_BYTES + 4 + 4 + 8 + 8 + 4;
    private static final int SUM = 4;

    /** Returns the header of another segment of the same log. */
    SegmentHeader at(long position) {
        return new SegmentHeader(log, logId, position);
    }

    byte[] encode() {
        byte[] fingerprint = log.fingerprint().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(FIXED + fingerprint.length + SUM);
        bytes.put(log.magic().getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(LAYOUT).putInt(log.version()).putLong(logId).putLong(base);
        bytes.putInt(fingerprint.length).put(fingerprint);
        return bytes.putInt(sum(bytes.array(), bytes.position())).array();
    }

    /** Returns the offset of the first frame in the file. */
    int size() {
        return FIXED + log.fingerprint().getBytes(StandardCharsets.UTF_8).length + SUM;
    }

    /** Reads the header of a file. */
    static SegmentHeader read(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(FIXED + LogHeader.MAX_FINGERPRINT_BYTES + SUM);
        }
        ByteBuffer bytes = ByteBuffer.wrap(start);
        int fingerprint = start.length < FIXED ? 0 : bytes.getInt(FIXED - Integer.BYTES);
        if (fingerprint < 0 || fingerprint > LogHeader.MAX_FINGERPRINT_BYTES) {
            throw new DamagedLogException(file, FIXED - Integer.BYTES, "it has no valid header");
        }
        int size = FIXED + fingerprint + SUM;
        if (start.length < size) {
            throw new DamagedLogException(file, start.length, "it ends in its header");
        }
        if (bytes.getInt(size - SUM) != sum(start, size - SUM)) {
            throw new DamagedLogException(file, 0, "its header does not match the checksum");
        }
        return decode(file, bytes);
    }

    private static SegmentHeader decode(Path file, ByteBuffer bytes) throws StorageException {
        byte[] magic = new byte[LogHeader.MAGIC_BYTES];
        bytes.get(magic);
        int layout = bytes.getInt();
        if (layout != LAYOUT) {
            throw new StorageException(
                    "cannot read the log file " + file,
                    "its layout has version " + layout + ", expected " + LAYOUT + "; use the program that wrote it",
                    null);
        }
        int version = bytes.getInt();
        long logId = bytes.getLong();
        long base = bytes.getLong();
        byte[] fingerprint = new byte[bytes.getInt()];
        bytes.get(fingerprint);
        return new SegmentHeader(
                new LogHeader(
                        new String(magic, StandardCharsets.US_ASCII),
                        version,
                        new String(fingerprint, StandardCharsets.UTF_8)),
                logId,
                base);
    }

    private static int sum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
