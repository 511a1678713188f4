package dev.geotherm.engine.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The binary form of the ledger's records: a kind (1 byte), the lengths and bytes of the texts, and hashes. Big-endian. */
final class LedgerRecord {
    /** A source: its number and its name. Stands before the first entry of the source. */
    static final byte SOURCE = 1;
    /** An entry: the number of the source, the id of the document, its hash, and the hashes of its chunks. */
    static final byte ENTRY = 2;
    /** A removed document: the number of the source and the id of the document. */
    static final byte REMOVAL = 3;

    private LedgerRecord() {}

    static ByteBuffer source(int number, String name) {
        return text(SOURCE, number, name, 0).flip();
    }

    static ByteBuffer removal(int source, String document) {
        return text(REMOVAL, source, document, 0).flip();
    }

    static ByteBuffer entry(int source, LedgerEntry entry) {
        int hashes = (1 + entry.chunks().size()) * Hash128.BYTES;
        ByteBuffer record = text(ENTRY, source, entry.document(), hashes);
        entry.content().write(record);
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

    /** Reads the name or the document's id behind the number of the source. */
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
