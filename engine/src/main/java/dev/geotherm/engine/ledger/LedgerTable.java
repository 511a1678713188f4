package dev.geotherm.engine.ledger;

import java.util.function.LongConsumer;

/**
 * A hash table from documents to the positions of their entries, in one array: 48 bytes per slot, 65 to 140 bytes per
 * document.
 *
 * <p>Open addressing with linear probing; the keys are already hashes. A removed document keeps its slot until the table
 * grows. Not thread-safe.
 */
final class LedgerTable {
    // A slot: the key, the hash of the content, the position or a mark, and the source with the mark of the last pass.
    private static final int CONTENT = 2;
    private static final int POSITION = 4;
    private static final int SOURCE = 5;
    private static final int STRIDE = 6;

    private static final long FREE = 0;
    private static final long REMOVED = -1;
    private static final int FIRST_SLOTS = 1 << 10;

    private long[] cells = new long[FIRST_SLOTS * STRIDE];
    private int slots = FIRST_SLOTS;
    private int used; // including removed documents
    private int size;

    /** Returns the number of documents. */
    int size() {
        return size;
    }

    /** Returns the slot of a document, or -1. A slot is valid until the next {@link #put}. */
    int find(Hash128 key) {
        int slot = slot(key);
        return cells[slot * STRIDE + POSITION] > 0 ? slot : -1;
    }

    /** Returns the slot of a key, or the free slot for it. */
    private int slot(Hash128 key) {
        int slot = (int) key.low() & (slots - 1);
        while (cells[slot * STRIDE + POSITION] != FREE
                && (cells[slot * STRIDE] != key.high() || cells[slot * STRIDE + 1] != key.low())) {
            slot = (slot + 1) & (slots - 1);
        }
        return slot;
    }

    /** Adds or replaces a document. An existing document keeps its mark. */
    void put(Hash128 key, int source, Hash128 content, long position) {
        if (used * 10L >= slots * 7L) {
            grow();
        }
        int at = slot(key) * STRIDE;
        if (cells[at + POSITION] == FREE) {
            cells[at] = key.high();
            cells[at + 1] = key.low();
            cells[at + SOURCE] = source;
            used++;
        }
        size += cells[at + POSITION] > 0 ? 0 : 1;
        cells[at + CONTENT] = content.high();
        cells[at + CONTENT + 1] = content.low();
        cells[at + POSITION] = position + 1;
    }

    void remove(int slot) {
        cells[slot * STRIDE + POSITION] = REMOVED;
        size--;
    }

    long position(int slot) {
        return cells[slot * STRIDE + POSITION] - 1;
    }

    boolean hasContent(int slot, Hash128 content) {
        return cells[slot * STRIDE + CONTENT] == content.high() && cells[slot * STRIDE + CONTENT + 1] == content.low();
    }

    /** Marks a document as seen in a pass. */
    void mark(int slot, int pass) {
        cells[slot * STRIDE + SOURCE] = (long) pass << Integer.SIZE | (int) cells[slot * STRIDE + SOURCE];
    }

    /** Passes the positions of a source's documents without the mark of a pass to a consumer. */
    void forEachUnmarked(int source, int pass, LongConsumer position) {
        for (int slot = 0; slot < slots; slot++) {
            long word = cells[slot * STRIDE + SOURCE];
            if (cells[slot * STRIDE + POSITION] > 0 && (int) word == source && (int) (word >>> Integer.SIZE) != pass) {
                position.accept(position(slot));
            }
        }
    }

    /** Passes the positions of all documents to a consumer. */
    void forEach(LongConsumer position) {
        for (int slot = 0; slot < slots; slot++) {
            if (cells[slot * STRIDE + POSITION] > 0) {
                position.accept(position(slot));
            }
        }
    }

    /** Returns an order-independent hash of all documents and contents. */
    Hash128 fingerprint() {
        long high = 0;
        long low = 0;
        for (int at = 0; at < cells.length; at += STRIDE) {
            if (cells[at + POSITION] > 0) {
                high += (cells[at] ^ Long.rotateLeft(cells[at + CONTENT], 23)) * 0x9E3779B97F4A7C15L;
                low += (cells[at + 1] ^ Long.rotateLeft(cells[at + CONTENT + 1], 41)) * 0xC2B2AE3D27D4EB4FL;
            }
        }
        return new Hash128(high, low);
    }

    private void grow() {
        long[] old = cells;
        int oldSlots = slots;
        slots = size * 2 >= oldSlots ? oldSlots * 2 : oldSlots; // the same size if many were removed
        cells = new long[slots * STRIDE];
        used = size;
        for (int from = 0; from < old.length; from += STRIDE) {
            if (old[from + POSITION] > 0) {
                int at = slot(new Hash128(old[from], old[from + 1])) * STRIDE;
                System.arraycopy(old, from, cells, at, STRIDE);
            }
        }
    }
}
