package dev.geotherm.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * A stream that decompresses a gzip archive (RFC 1952) of one or more members and refuses an archive that is not intact
 * to the last byte.
 *
 * <p>{@link java.util.zip.GZIPInputStream} ends without an error if the header of a later member is damaged, which
 * silently loses content. This stream accepts only complete members, except that the archive may end with zeros: tapes
 * and some tools pad their last block with them. Not thread-safe.
 */
public final class StrictGzipStream extends InputStream {
    private static final int BUFFER = 1 << 16;
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private static final String NO_MEMBER = "what follows is not in gzip format";

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 contentChecksum = new CRC32();
    private final CRC32 headerChecksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private long consumed; // the bytes of the archive before the buffer
    private long members;
    private boolean inMember;
    private boolean broken;

    /** Creates a stream over an archive, which {@link #close} closes. Nothing is read yet. */
    public StrictGzipStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (broken) {
            throw new ZipException("it was damaged before this place");
        }
        broken = true; // unless this read succeeds
        int count = decompress(into, from, length);
        broken = false;
        return count;
    }

    private int decompress(byte[] into, int from, int length) throws IOException {
        while (inMember || startMember()) {
            int count = inflate(into, from, length);
            if (count > 0) {
                contentChecksum.update(into, from, count);
                return count;
            }
            finishMember();
        }
        return -1;
    }

    /** Returns how many bytes were decompressed; 0 at the end of the member. */
    private int inflate(byte[] into, int from, int length) throws IOException {
        try {
            while (true) {
                int count = inflater.inflate(into, from, length);
                if (count > 0 || inflater.finished()) {
                    return count;
                }
                if (inflater.needsDictionary()) {
                    throw damaged("it needs a dictionary");
                }
                if (at == end) {
                    requireMore();
                }
                inflater.setInput(buffer, at, end - at);
                at = end;
            }
        } catch (DataFormatException invalid) {
            throw damaged(String.valueOf(invalid.getMessage()));
        }
    }

    /** Reads a header; returns false at the end of an archive of at least one member. */
    private boolean startMember() throws IOException {
        if (at == end && !fill()) {
            if (members == 0) {
                throw new EOFException("the archive is empty");
            }
            return false;
        }
        if (members > 0 && skipPadding()) {
            return false;
        }
        headerChecksum.reset();
        if (headerByte() != MAGIC_1 || headerByte() != MAGIC_2) {
            throw damaged(members == 0 ? "not in gzip format" : NO_MEMBER);
        }
        if (headerByte() != DEFLATE) {
            throw damaged("unknown compression method");
        }
        int flags = headerByte();
        if ((flags & RESERVED) != 0) {
            throw damaged("unknown flags in a header");
        }
        skipHeader(6); // time, compression level, operating system
        if ((flags & EXTRA) != 0) {
            skipHeader(headerByte() | headerByte() << 8);
        }
        skipText(flags & NAME);
        skipText(flags & COMMENT);
        int expected = (int) headerChecksum.getValue() & 0xffff;
        if ((flags & HEADER_CHECKSUM) != 0 && (headerByte() | headerByte() << 8) != expected) {
            throw damaged("wrong checksum of a header");
        }
        inflater.reset();
        contentChecksum.reset();
        inMember = true;
        return true;
    }

    /** Skips the zeros that end an archive; returns false if no zero follows. */
    private boolean skipPadding() throws IOException {
        if (buffer[at] != 0) {
            return false;
        }
        do {
            while (at < end) {
                if (buffer[at] != 0) {
                    throw damaged(NO_MEMBER);
                }
                at++;
            }
        } while (fill());
        return true;
    }

    private void finishMember() throws IOException {
        at = end - inflater.getRemaining();
        inMember = false;
        long checksum = trailerNumber();
        long size = trailerNumber();
        if (checksum != contentChecksum.getValue()) {
            throw damaged("wrong checksum");
        }
        if (size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw damaged("wrong length");
        }
        members++;
    }

    private void skipHeader(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            headerByte();
        }
    }

    private void skipText(int flag) throws IOException {
        while (flag != 0 && headerByte() != 0) {
            // a text ends with a zero
        }
    }

    private int headerByte() throws IOException {
        int value = nextByte();
        headerChecksum.update(value);
        return value;
    }

    private long trailerNumber() throws IOException {
        long number = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            number |= (long) nextByte() << shift;
        }
        return number;
    }

    private int nextByte() throws IOException {
        if (at == end) {
            requireMore();
        }
        return buffer[at++] & 0xff;
    }

    private void requireMore() throws IOException {
        if (!fill()) {
            throw new EOFException("the archive ends within a member");
        }
    }

    private boolean fill() throws IOException {
        consumed += end;
        at = 0;
        end = 0; // even if reading fails
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private ZipException damaged(String reason) {
        long position = consumed + at - (inMember ? inflater.getRemaining() : 0);
        return new ZipException(reason + " near byte " + position);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
