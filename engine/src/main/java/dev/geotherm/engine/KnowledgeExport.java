package dev.geotherm.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.engine.ledger.LedgerEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An export of a store as JSON Lines: a line with the format version and the settings of the vectors, a line per document
 * with its chunks, and a line with the number of documents and a checksum of the previous lines, by which an import detects
 * an incomplete copy. Anchors, state and commit times are derived data, and are not exported.
 */
final class KnowledgeExport {
    static final String SCHEMA = "geotherm-knowledge";
    static final int VERSION = 1;

    /** A member of the last line. */
    static final String DOCUMENTS = "documents";

    static final String CHECKSUM = "sha256";

    private KnowledgeExport() {}

    /** Writes the documents in the order of their last ingestion, and returns their number. */
    static long write(KnowledgeStore store, OutputStream out, Progress progress, Cancellation cancellation)
            throws IOException {
        AtomicLong done = new AtomicLong();
        long total = store.ledger().size();
        progress.begin(() -> new Progress.Step("export", "documents", done.get(), total, 0, ""));
        ObjectNode head = Json.MAPPER.createObjectNode();
        head.put("schema", SCHEMA).put("version", VERSION);
        head.set("settings", Json.MAPPER.readTree(store.committed().settings()));
        MessageDigest checksum = Checksum.start();
        OutputStream lines = new DigestOutputStream(out, checksum);
        writeLine(lines, head);
        for (String source : store.ledger().sources()) {
            for (LedgerEntry entry : store.ledger().entries(source)) {
                cancellation.throwIfRequested();
                writeLine(lines, document(store, entry));
                done.incrementAndGet();
            }
        }
        ObjectNode end = Json.MAPPER.createObjectNode();
        end.put(DOCUMENTS, done.get()).put(CHECKSUM, Checksum.hex(checksum));
        writeLine(out, end);
        return done.get();
    }

    private static void writeLine(OutputStream out, ObjectNode line) throws IOException {
        Json.MAPPER.writeValue(out, line);
        out.write('\n');
    }

    private static ObjectNode document(KnowledgeStore store, LedgerEntry entry) throws IOException {
        List<Passage> passages = store.index()
                .find(SourceKey.of(entry.source())
                        .passages(entry.document(), entry.chunks().size()));
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("source", entry.source()).put("document", entry.document());
        if (entry.isComplete()) {
            line.put("content", entry.content().hex());
        }
        if (!entry.metadata().isEmpty()) {
            line.set("metadata", Json.MAPPER.readTree(entry.metadata()));
        }
        ArrayNode chunks = line.putArray("chunks");
        for (Passage passage : passages) {
            ObjectNode chunk = chunks.addObject()
                    .put("title", passage.title())
                    .put("text", passage.text())
                    .put("start", passage.start())
                    .put("end", passage.end())
                    .put("ingested", passage.ingested().toString());
            float[] embedding = passage.embedding();
            if (embedding != null) {
                chunk.put("embedding", bytes(embedding));
            }
        }
        return line;
    }

    /** Returns the numbers as little-endian bytes, which are written to JSON in Base64. */
    private static byte[] bytes(float[] embedding) {
        ByteBuffer bytes = ByteBuffer.allocate(embedding.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(embedding);
        return bytes.array();
    }
}
