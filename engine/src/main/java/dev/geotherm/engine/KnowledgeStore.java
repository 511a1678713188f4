package dev.geotherm.engine;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Evicted;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.engine.ledger.Ledger;
import dev.geotherm.engine.ledger.LedgerEntry;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The anchors, passages, ledger and delta log of one generation of the knowledge, with a common commit point.
 *
 * <p>A commit forces the ledger and the delta log, and then commits the passage index together with a {@link Marker} that
 * contains the ends of both logs. Opening the index restores its last commit, and the logs are truncated at the ends in the
 * marker. Therefore a process that ends at any moment leaves the last commit. The anchors are derived from the passages, and
 * restored when first needed.
 *
 * <p>One monitor guards all changes. A batch is ingested in two steps, so two batches can be in progress at once: it gets
 * its anchors under that monitor, and is indexed under another, in the same order. An operation that needs the index holds
 * both monitors, after all earlier batches have been indexed. Index, anchors and logs therefore change in the same order.
 * Thread-safe.
 */
final class KnowledgeStore implements Closeable {
    private static final int STATE_CHUNKS = 1_000;
    private static final long STATE_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final StoreFiles files;
    private final PassageIndex index;
    private final AnchorStore anchors;
    private final AnchorRestoration restoration;
    private final StageTimes times;
    private final IndexingQueue indexing;
    private final StoreFailure failure;
    private final Set<PendingDocument> pending = Collections.newSetFromMap(new IdentityHashMap<>());
    private volatile Marker committed;
    private @Nullable Ledger ledger;
    private @Nullable DeltaLog deltas;
    private String decayed;
    private boolean changed;
    private int chunksSinceState;
    private long lastState = System.nanoTime();

    KnowledgeStore(
            StoreFiles files, PassageIndex index, Marker committed, AnchorRestoration restoration, StageTimes times) {
        this.files = files;
        this.index = index;
        this.committed = committed;
        this.decayed = committed.decayed();
        this.restoration = restoration;
        this.anchors = restoration.anchors();
        this.times = times;
        failure = new StoreFailure(files.folder());
        indexing = new IndexingQueue(index, times);
    }

    /** Runs a step exclusively. */
    private synchronized <R> R locked(StoreFailure.Step<R> step) {
        return failure.guard(step);
    }

    /** A step without a result. */
    @FunctionalInterface
    private interface Change {
        void run() throws IOException;
    }

    private void change(Change change) {
        var unused = locked(() -> {
            change.run();
            return true;
        });
    }

    /** Throws the failure that broke the store, if any. */
    void throwIfFailed() {
        failure.throwIfAny();
    }

    boolean hasFailed() {
        return failure.isPresent();
    }

    PassageIndex index() {
        return index;
    }

    StageTimes times() {
        return times;
    }

    Marker committed() {
        return committed;
    }

    /** Returns the ledger. The first call opens it. */
    Ledger ledger() {
        return locked(this::openedLedger);
    }

    private Ledger openedLedger() throws IOException {
        Ledger opened = ledger;
        if (opened == null) {
            opened = Ledger.open(files.ledger(committed.version()), committed.settings(), committed.ledger());
            ledger = opened;
        }
        return opened;
    }

    /** Returns the delta log. The first call restores the anchors. */
    DeltaLog deltas() {
        return locked(this::openedDeltas);
    }

    private DeltaLog openedDeltas() throws IOException {
        DeltaLog opened = deltas;
        if (opened == null) {
            opened = restoration.restore(index, files, committed);
            deltas = opened;
            changed |= opened.end() != committed.deltas();
        }
        return opened;
    }

    /** Returns the delta log of the last commit, for reading. */
    LineLog committedDeltas() {
        return locked(() -> new LineLog(files.deltas(committed.version()), committed.deltas(), DeltaLog.CONTENT));
    }

    /** Returns the totals of the delta log; zeros if the anchors have not been needed yet. */
    synchronized DeltaTotals totals() {
        return deltas == null ? DeltaTotals.NONE : deltas.totals();
    }

    /** Commits, and releases the anchor store for another store. The next use restores the anchors. */
    void dropAnchors() {
        change(() -> {
            commit();
            if (deltas != null) {
                deltas.close();
                deltas = null;
            }
        });
    }

    /** Registers a document before its first chunk is stored, because a commit in between must name its passages. */
    void begin(PendingDocument document) {
        locked(() -> pending.add(document));
    }

    /**
     * Stores the chunks of a batch with their embeddings. Skips stored and failed chunks, which another attempt of the batch
     * may have settled.
     */
    void put(Batch<Chunk> batch, float[][] embeddings) {
        AnchoredBatch anchored = locked(() -> {
            openedDeltas(); // restores the anchors
            long start = System.nanoTime();
            AnchoredBatch found = AnchoredBatch.ingest(anchors, batch, embeddings);
            changed = true;
            indexing.add(found);
            times.add(StageTimes.Stage.ANCHORS, start);
            return found;
        });
        failure.guard(indexing::indexAll);
        change(() -> {
            anchored.settle();
            for (Chunk chunk : anchored.chunks()) {
                complete(chunk.document());
            }
            updateStateIfDue(anchored.chunks().size());
        });
    }

    /** Commits the state from time to time, because one revision per batch would cost more than its content. */
    private void updateStateIfDue(int chunks) throws IOException {
        chunksSinceState += chunks;
        long now = System.nanoTime();
        if (chunksSinceState >= STATE_CHUNKS || now - lastState >= STATE_INTERVAL) {
            updateState();
        }
    }

    private void updateState() throws IOException {
        long start = System.nanoTime();
        openedDeltas().append(anchors::commit);
        chunksSinceState = 0;
        lastState = times.add(StageTimes.Stage.STATE, start);
    }

    /** Settles a chunk that cannot be stored. */
    void fail(Chunk chunk) {
        change(() -> {
            chunk.document().failed(chunk.number());
            complete(chunk.document());
        });
    }

    /** Completes a document without any chunk to store. */
    void end(PendingDocument document) {
        change(() -> {
            complete(document);
        });
    }

    /** Records the documents that an ingestion did not complete as incomplete. No more of their chunks are stored. */
    void abandonPending() {
        change(() -> {
            for (PendingDocument document : pending) {
                openedLedger().put(document.entry(false));
                document.abandon();
                changed = true;
            }
            pending.clear();
        });
    }

    /** Records a settled document in the ledger, and removes the remains of its former content. */
    private void complete(PendingDocument document) throws IOException {
        if (document.isSettled() && pending.remove(document)) {
            removePassages(document.stale());
            openedLedger().put(document.entry(true));
            changed = true;
        }
    }

    /** Removes documents with their passages. */
    void remove(Collection<LedgerEntry> entries) {
        change(() -> {
            List<String> passages = new ArrayList<>();
            for (LedgerEntry entry : entries) {
                SourceKey source = SourceKey.of(entry.source());
                passages.addAll(source.passages(entry.document(), entry.chunks().size()));
            }
            removePassages(passages);
            for (LedgerEntry entry : entries) {
                openedLedger().remove(entry.source(), entry.document());
            }
        });
    }

    private void removePassages(List<String> passages) throws IOException {
        if (passages.isEmpty()) {
            return;
        }
        openedDeltas(); // restores the anchors
        changed = true;
        indexing.indexAll();
        Map<String, Optional<AnchorId>> reassigned = anchors.remove(passages);
        index.remove(passages);
        if (!reassigned.isEmpty()) {
            index.assign(reassigned);
        }
        updateStateIfDue(passages.size());
    }

    /** Decays anchors, evicts old and cold ones, and commits the state. Does nothing if the anchors are not in memory. */
    void maintainAnchors(Instant now) {
        change(() -> {
            if (deltas != null) {
                indexing.indexAll();
                if (anchors.decay(now) > 0) {
                    decayed = now.toString();
                    changed = true;
                }
                Evicted evicted = anchors.evict();
                changed |= !evicted.anchors().isEmpty();
                if (!evicted.reassigned().isEmpty()) {
                    index.assign(evicted.reassigned());
                }
                updateState();
            }
        });
    }

    /** Commits, and reindexes all passages with the current settings. */
    void reindex() {
        change(() -> {
            commit();
            index.reindex(committed.toString());
        });
    }

    /** Commits all changes made before this call. Incomplete documents are recorded as incomplete. */
    void commit() {
        change(() -> {
            if (!changed) {
                return;
            }
            Marker marker = marker(committed.version());
            long start = System.nanoTime();
            forceLogs();
            index.commit(marker.toString());
            committed = marker;
            changed = false;
            times.add(StageTimes.Stage.COMMIT, start);
        });
    }

    private void forceLogs() throws IOException {
        openedLedger().force();
        openedDeltas().force();
    }

    /** Returns the marker of the current content. */
    private Marker marker(long version) throws IOException {
        DeltaLog log = openedDeltas();
        Ledger entries = openedLedger();
        for (PendingDocument document : pending) {
            entries.put(document.entry(false));
        }
        indexing.indexAll();
        updateState();
        return new Marker(
                committed.format(),
                version,
                committed.settings(),
                restoration.anchorSettings(),
                entries.end(),
                log.end(),
                log.revision(),
                log.fingerprint(),
                decayed);
    }

    /**
     * Rewrites the ledger and the delta log without their history, and expunges removed passages from the files of the
     * index. The new delta log starts with the current state.
     */
    void compact() {
        change(() -> {
            DeltaLog log = openedDeltas();
            commit();
            long version = committed.version() + 1;
            files.deleteLeftovers(committed.version());
            Ledger before = openedLedger();
            Ledger compacted = before.copyTo(files.ledger(version), committed.settings());
            ledger = compacted;
            before.close();
            DeltaLog restarted = log.restart(files.deltasDraft(version));
            log.close();
            deltas = restarted;
            Marker marker = marker(version);
            forceLogs();
            index.expunge(marker.toString());
            committed = marker;
            restarted.moveTo(files.publishDeltas(version));
            files.deleteLeftovers(version);
        });
    }

    /** Closes the files, and discards uncommitted changes. */
    @Override
    public synchronized void close() throws IOException {
        try (Closeable indexed = index::close;
                Closeable entries = ledger == null ? () -> {} : ledger) {
            if (deltas != null) {
                deltas.close();
            }
        }
    }
}
