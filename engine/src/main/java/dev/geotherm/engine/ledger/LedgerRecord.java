package dev.geotherm.engine.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary format of the ledger's records, in big-endian byte order: a kind (1 byte), the lengths and bytes of texts, and
 * hashes.
 */
final class LedgerRecord {
    /** A source: its number and its name. Precedes the first entry of the source. */
    static final byte SOURCE = 1;
    /** An entry: the number of the source, the id of the document, the hash of its content, and the hashes of its chunks. */
    static final byte ENTRY = 2;
    /** A removed document: the number of the source and the id of the document. */
    static final byte REMOVAL = 3;
    /** An entry with the length and the bytes of the metadata after the hash of the content. */
    static final byte ENTRY_WITH_METADATA = 4;

    private LedgerRecord() {}

    static ByteBuffer source(int number, String name) {
        return text(SOURCE, number, name, 0).flip();
    }

    static ByteBuffer removal(int source, String document) {
        return text(REMOVAL, source, document, 0).flip();
    }

    static ByteBuffer entry(int source, LedgerEntry entry) {
        byte[] metadata = entry.metadata().getBytes(StandardCharsets.UTF_8);
        boolean with = metadata.length > 0;
        int more = (1 + entry.chunks().size()) * Hash128.BYTES + (with ? Integer.BYTES + metadata.length : 0);
        ByteBuffer record = text(with ? ENTRY_WITH_METADATA : ENTRY, source, entry.document(), more);
        entry.content().write(record);
        if (with) {
            record.putInt(metadata.length).put(metadata);
        }
        for (Hash128 chunk : entry.chunks()) {
            chunk.write(record);
        }
        return record.flip();
    }

    private static ByteBuffer text(byte kind, int source, String text, int more) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + 2 * Integer.BYTES + bytes.length + more)
                .put(kind)
                .putInt(source)
                .putInt(bytes.length)
                .put(bytes);
    }

    /** Reads a text with its length: the name or the document id after the number of the source, or metadata. */
    static String readText(ByteBuffer record) {
        byte[] bytes = new byte[record.getInt()];
        record.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads all remaining hashes. */
    static List<Hash128> readHashes(ByteBuffer record) {
        List<Hash128> hashes = new ArrayList<>(record.remaining() / Hash128.BYTES);
        while (record.remaining() >= Hash128.BYTES) {
            hashes.add(Hash128.read(record));
        }
        return hashes;
    }
}
