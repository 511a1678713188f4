package dev.geotherm.diff.cache;

import dev.geotherm.diff.codec.StateText;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.CachedForm;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file of one cached result: four letters, a version, a CRC-32C of the rest; time, id, context and result, each
 * behind its length. It is written beside its place as a draft, to be moved there when it is on the disk.
 */
final class ResultFile {
    static final String DRAFT = ".draft";

    private static final int MAGIC = 0x47544352; // GTCR
    private static final int VERSION = 1;
    private static final int HEADER = 12;

    private ResultFile() {}

    /** Returns what the file of a result holds. */
    static <V> byte[] content(String id, CachedResult<V> result, CachedForm<V> form) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        part(out, result.at().toString().getBytes(UTF_8));
        part(out, id.getBytes(UTF_8));
        ByteArrayOutputStream context = new ByteArrayOutputStream();
        StateText.write(result.context(), context);
        part(out, context.toByteArray());
        part(out, form.write(result.value()));
        byte[] bytes = body.toByteArray();
        ByteBuffer all = ByteBuffer.allocate(HEADER + bytes.length);
        all.putInt(MAGIC).putInt(VERSION).putInt(checksum(bytes, 0)).put(bytes);
        return all.array();
    }

    /** Writes a draft that exists, and returns when it is on the disk. */
    static void write(Path draft, byte[] content) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(content);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            while (all.hasRemaining()) {
                channel.write(all);
            }
            channel.force(true);
        }
    }

    private static void part(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads what a file holds; null if it is of another id with the same hash.
     *
     * @throws IOException if it is damaged or of another version; the message says which
     */
    static <V> @Nullable CachedResult<V> read(byte[] bytes, String id, CachedForm<V> form) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            if (in.getInt() != MAGIC) {
                throw new IOException("it is not one of ours");
            }
            int version = in.getInt();
            if (version != VERSION) {
                throw new IOException("it is of version " + version + ", expected " + VERSION);
            }
            if (in.getInt() != checksum(bytes, HEADER)) {
                throw new IOException("it is damaged: its checksum is not that of its content");
            }
            Instant at = Instant.parse(new String(part(in), UTF_8));
            if (!new String(part(in), UTF_8).equals(id)) {
                return null;
            }
            JsonNode context = StateText.read(part(in));
            return new CachedResult<>(context, form.read(part(in)), at);
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
