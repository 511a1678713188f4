package dev.geotherm.diff.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.CacheSerializer;
import dev.geotherm.diff.codec.StateText;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file format of one cached value: four letters, a version, a CRC-32C of the rest; then time, id, context and
 * value, each preceded by its length.
 */
final class ResultFile {

    private static final int MAGIC = 0x47544352; // GTCR
    private static final int VERSION = 1;
    private static final int HEADER = 12;

    private ResultFile() {}

    /** Encodes the file of a value. */
    static <V> byte[] content(String id, CachedResult<V> result, CacheSerializer<V> serializer) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        part(out, result.at().toString().getBytes(UTF_8));
        part(out, id.getBytes(UTF_8));
        ByteArrayOutputStream context = new ByteArrayOutputStream();
        StateText.write(result.context(), context);
        part(out, context.toByteArray());
        part(out, serializer.serialize(result.value()));
        byte[] bytes = body.toByteArray();
        ByteBuffer all = ByteBuffer.allocate(HEADER + bytes.length);
        all.putInt(MAGIC).putInt(VERSION).putInt(checksum(bytes, 0)).put(bytes);
        return all.array();
    }

    private static void part(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Parses the content of a file; returns null if it belongs to another id with the same hash.
     *
     * @throws IOException if it is damaged or has another version; the message says which
     */
    static <V> @Nullable CachedResult<V> read(byte[] bytes, String id, CacheSerializer<V> serializer)
            throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            if (in.getInt() != MAGIC) {
                throw new IOException("it is not a cached result");
            }
            int version = in.getInt();
            if (version != VERSION) {
                throw new IOException("it has version " + version + ", expected " + VERSION);
            }
            if (in.getInt() != checksum(bytes, HEADER)) {
                throw new IOException("it is damaged: its checksum does not match");
            }
            Instant at = Instant.parse(new String(part(in), UTF_8));
            if (!new String(part(in), UTF_8).equals(id)) {
                return null;
            }
            JsonNode context = StateText.read(part(in));
            return new CachedResult<>(context, serializer.deserialize(part(in)), at);
        } catch (BufferUnderflowException shorter) {
            throw new IOException("it is damaged: it ends too early", shorter);
        }
    }

    private static byte[] part(ByteBuffer in) throws IOException {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IOException("it is damaged: it ends too early");
        }
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }

    private static int checksum(byte[] bytes, int from) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, Math.max(0, bytes.length - from));
        return (int) sum.getValue();
    }
}
