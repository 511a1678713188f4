package dev.geotherm.engine;

import dev.geotherm.engine.ledger.Hash128;
import dev.geotherm.engine.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A document that is being stored, with the state of its chunks, and the passages of its former content to remove.
 *
 * <p>Guarded by the lock of the store.
 */
final class PendingDocument {
    private enum State {
        PENDING,
        STORED,
        FAILED
    }

    private final SourceKey source;
    private final String id;
    private final Hash128 content;
    private final Hash128[] chunks;
    private final State[] states;
    private final int formerChunks;
    private final String metadata;
    private int pending;

    /** Creates a document without metadata. */
    PendingDocument(SourceKey source, String id, Hash128 content, List<Hash128> chunks, int formerChunks) {
        this(source, id, content, chunks, formerChunks, "");
    }

    /**
     * Creates a document.
     *
     * @param content the hash of the content
     * @param chunks the hashes of the chunks
     * @param formerChunks the maximum number of passages of the former content; 0 for a new document
     * @param metadata a text to store with the document; may be empty
     */
    PendingDocument(
            SourceKey source, String id, Hash128 content, List<Hash128> chunks, int formerChunks, String metadata) {
        this.source = source;
        this.id = id;
        this.content = content;
        this.chunks = chunks.toArray(new Hash128[0]);
        this.states = new State[this.chunks.length];
        Arrays.fill(states, State.PENDING);
        this.pending = states.length;
        this.formerChunks = formerChunks;
        this.metadata = metadata;
    }

    SourceKey source() {
        return source;
    }

    String id() {
        return id;
    }

    /** Returns the hash of the content. */
    Hash128 content() {
        return content;
    }

    String passage(int number) {
        return source.passage(id, number);
    }

    Hash128 hash(int number) {
        return chunks[number];
    }

    boolean isPending(int number) {
        return states[number] == State.PENDING;
    }

    /** Records that a chunk is in the store. */
    void stored(int number) {
        settle(number, State.STORED);
    }

    /** Records that a chunk cannot be stored. */
    void failed(int number) {
        settle(number, State.FAILED);
    }

    private void settle(int number, State state) {
        if (states[number] == State.PENDING) {
            states[number] = state;
            pending--;
        }
    }

    /** Records that the pending chunks will not be stored. */
    void abandon() {
        for (int number = 0; number < states.length; number++) {
            settle(number, State.FAILED);
        }
    }

    /** Returns whether no chunk is pending. */
    boolean isSettled() {
        return pending == 0;
    }

    /** Returns the ids of the passages that the former content may have, but the new content does not. */
    List<String> stale() {
        List<String> stale = new ArrayList<>();
        for (int number = chunks.length; number < formerChunks; number++) {
            stale.add(passage(number));
        }
        return stale;
    }

    /**
     * Returns the current ledger entry of the document: complete if all chunks are stored, otherwise an entry that counts as
     * changed and names every passage that may exist.
     *
     * @param settled whether the passages of the former content have been removed
     */
    LedgerEntry entry(boolean settled) {
        List<Hash128> hashes = new ArrayList<>(List.of(chunks));
        boolean complete = settled;
        for (int i = 0; i < chunks.length; i++) {
            if (states[i] != State.STORED) {
                hashes.set(i, Hash128.NONE);
                complete = false;
            }
        }
        for (int i = chunks.length; !settled && i < formerChunks; i++) {
            hashes.add(Hash128.NONE);
        }
        return new LedgerEntry(source.name(), id, complete ? content : Hash128.NONE, hashes, metadata);
    }
}
