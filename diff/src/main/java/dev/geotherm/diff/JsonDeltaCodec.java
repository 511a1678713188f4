package dev.geotherm.diff;

import dev.geotherm.api.diff.DeltaCodec;
import dev.geotherm.api.diff.DeltaException;
import dev.geotherm.api.diff.StateDelta;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Deltas as JSON behind a header; see {@link WireFormat}. */
final class JsonDeltaCodec implements DeltaCodec {
    private final BooleanSupplier compression;
    private final Counters counters;

    JsonDeltaCodec(BooleanSupplier compression, Counters counters) {
        this.compression = compression;
        this.counters = counters;
    }

    @Override
    public byte[] encode(StateDelta delta) {
        byte[] json = DeltaWriting.write(delta);
        byte[] bytes = pack(json);
        counters.encoded(json.length, bytes.length);
        return bytes;
    }

    /** Returns the JSON behind its header, compressed where that is wanted and makes it smaller. */
    byte[] pack(byte[] json) {
        byte[] body = json;
        byte method = WireFormat.PLAIN;
        if (compression.getAsBoolean()) {
            byte[] small = deflate(json);
            if (small.length < json.length && json.length <= WireFormat.mostExpanded(small.length)) {
                body = small;
                method = WireFormat.DEFLATE;
            }
        }
        ByteBuffer bytes = ByteBuffer.allocate(WireFormat.HEADER + body.length);
        bytes.put(WireFormat.MAGIC)
                .put(WireFormat.VERSION)
                .put(method)
                .putInt(0)
                .putInt(json.length)
                .put(body);
        bytes.putInt(5, checksum(bytes.array()));
        return bytes.array();
    }

    @Override
    public StateDelta decode(byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (bytes.length < WireFormat.HEADER
                || !Arrays.equals(bytes, 0, 3, WireFormat.MAGIC, 0, 3)
                || bytes[3] != WireFormat.VERSION) {
            throw new DeltaException("these " + bytes.length + " bytes are no delta of version " + WireFormat.VERSION);
        }
        if (header.getInt(5) != checksum(bytes)) {
            throw new DeltaException("the delta's bytes are damaged: the checksum differs");
        }
        int length = header.getInt(9);
        byte[] body = Arrays.copyOfRange(bytes, WireFormat.HEADER, bytes.length);
        byte[] json = switch (bytes[4]) {
            case WireFormat.PLAIN -> body;
            case WireFormat.DEFLATE -> inflate(body, length);
            default -> throw new DeltaException("there is no compression method " + bytes[4]);
        };
        if (json.length != length || length > WireFormat.MOST_BYTES) {
            throw new DeltaException("the delta is of " + json.length + " bytes, its header says " + length);
        }
        return DeltaReading.read(json);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 4, 1);
        crc.update(bytes, 9, bytes.length - 9);
        return (int) crc.getValue();
    }

    private static byte[] deflate(byte[] json) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(json);
            deflater.finish();
            byte[] small = new byte[json.length];
            int length = deflater.deflate(small);
            return deflater.finished() ? Arrays.copyOf(small, length) : json;
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(byte[] body, int length) {
        if (length < 0 || length > WireFormat.mostExpanded(body.length)) {
            throw new DeltaException(body.length + " bytes may expand to " + WireFormat.mostExpanded(body.length)
                    + " at most, the delta's header says " + length);
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(body);
            byte[] json = new byte[length];
            int filled = inflater.inflate(json);
            boolean over = inflater.finished() || (filled == length && inflater.inflate(new byte[1]) == 0);
            if (filled != length || !over || !inflater.finished() || inflater.getRemaining() > 0) {
                throw new DeltaException("the delta is not of the " + length + " bytes that its header says");
            }
            return json;
        } catch (DataFormatException damaged) {
            throw new DeltaException("the delta's bytes are damaged: " + damaged.getMessage(), damaged);
        } finally {
            inflater.end();
        }
    }
}
