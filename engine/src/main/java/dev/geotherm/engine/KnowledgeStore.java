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
 * The anchors, passages, ledger and delta log of one generation of the knowledge, with one commit point.
 *
 * <p>A commit forces the ledger and the delta log, and then commits the passage index together with a {@link Marker} that
 * says where the two end. Opening the index gives its last commit, and the marker cuts the logs there; so a process that
 * ends at any moment leaves the last commit. The anchors are derived from the passages, and restored when they are needed
 * first.
 *
 * <p>One monitor guards all changes. A batch is ingested in two steps, so that two batches can be in work at once: under that
 * monitor it gets its anchors, and under another, in the same order, it is indexed. Whoever needs the index holds both, after
 * all batches before have been indexed. So index, anchors and logs change in the same order. Safe for use by many threads.
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

    /** Runs a step while no other changes the store. */
    private synchronized <R> R locked(StoreFailure.Step<R> step) {
        return failure.guard(step);
    }

    /** A change of the store without a result. */
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

    /** Throws the failure that broke the store, if there was one. */
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

    /** Returns the ledger, which is opened by the first call. */
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

    /** Returns the delta log; the first call restores the anchors. */
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

    /** Returns the totals of the delta log; zeros if the anchors were not needed. */
    synchronized DeltaTotals totals() {
        return deltas == null ? DeltaTotals.NONE : deltas.totals();
    }

    /** Commits, and gives the anchor store away to another store; the next use restores the anchors. */
    void dropAnchors() {
        change(() -> {
            commit();
            if (deltas != null) {
                deltas.close();
                deltas = null;
            }
        });
    }

    /** Registers a document before its first chunk is stored, so that a commit in between names its passages. */
    void begin(PendingDocument document) {
        locked(() -> pending.add(document));
    }

    /**
     * Stores the chunks of a batch with their embeddings. Chunks that are stored already, or have failed, are left out: an
     * earlier attempt of the batch, or a later one, can have settled them.
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

    /** Commits the state from time to time: a revision for each batch would cost more than what it contains. */
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

    /** Ends a document none of whose chunks has to be stored. */
    void end(PendingDocument document) {
        change(() -> {
            complete(document);
        });
    }

    /** Enters the documents that an ingestion did not complete as such. Nothing more of them is stored. */
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

    /** Enters a settled document into the ledger, and removes what is left of its former content. */
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

    /** Lets anchors decay, evicts old and cold ones, and commits the state; nothing if the anchors are not in memory. */
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

    /** Commits, and indexes all passages again as they are, by the present settings. */
    void reindex() {
        change(() -> {
            commit();
            index.reindex(committed.toString());
        });
    }

    /** Commits everything that was changed before this call. Documents that are not complete are entered as such. */
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

    /** Returns the marker of what is there now. */
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
     * Rewrites the ledger and the delta log without their history, and deletes what the files of the index still contain of
     * removed passages. The new delta log begins with the current state.
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

    /** Closes the files; what is not committed is discarded. */
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
