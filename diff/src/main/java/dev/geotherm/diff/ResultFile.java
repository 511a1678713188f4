package dev.geotherm.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.CachedForm;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file of one cached result: four letters, a version, a CRC-32C of the rest; time, id, context and result, each
 * behind its length. It is written beside its place and moved there when it is on the disk.
 */
final class ResultFile {
    static final String DRAFT = ".draft";

    private static final int MAGIC = 0x47544352; // GTCR
    private static final int VERSION = 1;
    private static final int HEADER = 12;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(10_000).build())
            .build();

    private ResultFile() {}

    /** Writes a file whole or not at all; returns its bytes. */
    static <V> byte[] write(Path file, String id, CachedContext<V> result, CachedForm<V> form) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        part(out, result.at().toString().getBytes(UTF_8));
        part(out, id.getBytes(UTF_8));
        part(out, json(result.context()));
        part(out, form.write(result.value()));
        byte[] bytes = body.toByteArray();
        ByteBuffer all = ByteBuffer.allocate(HEADER + bytes.length);
        all.putInt(MAGIC).putInt(VERSION).putInt(checksum(bytes, 0)).put(bytes).flip();
        Path draft = file.resolveSibling(file.getFileName() + DRAFT);
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (all.hasRemaining()) {
                channel.write(all);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return all.array();
    }

    private static void part(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] json(JsonNode context) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            new JsonTreeWriting(json).write(context);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a file; null if it is of another id with the same hash.
     *
     * @throws IOException if it is damaged or of another version; the message says which
     */
    static <V> @Nullable CachedContext<V> read(Path file, String id, CachedForm<V> form) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
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
            JsonNode context = json(part(in));
            return new CachedContext<>(context, form.read(part(in)), at);
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

    private static JsonNode json(byte[] bytes) throws IOException {
        try (JsonParser json = JSON.createParser(bytes)) {
            json.nextToken();
            return JsonTreeReading.read(json);
        }
    }

    private static int checksum(byte[] bytes, int from) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, Math.max(0, bytes.length - from));
        return (int) sum.getValue();
    }
}
