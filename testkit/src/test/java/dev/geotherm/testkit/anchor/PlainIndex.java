package dev.geotherm.testkit.anchor;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.ExplainedHit;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexMetrics;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Ranked;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.metrics.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The smallest correct passage index, with an optional fault: every search scans every passage. */
final class PlainIndex implements PassageIndex, Retriever {
    private final String name;
    private final IndexFault fault;
    private final PlainFile file; // null if temporary
    private final Consumer<PlainIndex> onClose;
    private final TreeMap<String, Passage> written = new TreeMap<>();
    private final AtomicLong searches = new AtomicLong();
    private volatile Visible visible = new Visible(List.of(), new ConcurrentHashMap<>());
    private volatile PlainFile.State committed = new PlainFile.State(null, -1, new TreeMap<>());
    private volatile int dimension = -1;
    private volatile boolean closed;
    private int everWritten;
    private int commits;
    private boolean changed;

    /** The passages that searches see until the next refresh, and a cache for the faults that need one. */
    private record Visible(List<Passage> passages, Map<List<Object>, List<Hit>> cache) {}

    PlainIndex(String name, IndexFault fault, PlainFile file, Consumer<PlainIndex> onClose) {
        this.name = name;
        this.fault = fault;
        this.file = file;
        this.onClose = onClose;
        if (file == null) {
            return;
        }
        try {
            PlainFile.State known = file.read();
            if (known == null) {
                file.write(committed);
            } else {
                committed = known;
            }
        } catch (RuntimeException refused) {
            file.release();
            throw refused;
        }
        if (fault == IndexFault.MARKERS_ARE_LOST) {
            committed = new PlainFile.State(null, committed.dimension(), committed.passages());
        }
        written.putAll(committed.passages());
        everWritten = written.size();
        dimension = fault == IndexFault.DIMENSIONS_ARE_FORGOTTEN ? -1 : committed.dimension();
        publishIf(true);
    }

    @Override
    public String name() {
        return name;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }

    @Override
    public synchronized void index(Collection<Passage> passages) {
        requireOpen();
        int length = dimension;
        for (Passage passage : passages) {
            length = checkedLength(passage, length);
            if (fault == IndexFault.REFUSES_THE_REST_ONLY) {
                written.put(passage.id(), passage);
            }
        }
        dimension = length;
        for (Passage passage : passages) {
            if (fault == IndexFault.FIRST_OF_AN_ID_STAYS) {
                written.putIfAbsent(passage.id(), passage);
            } else {
                written.put(passage.id(), passage);
            }
        }
        everWritten += passages.size();
        changed = true;
        publishIf(fault == IndexFault.VISIBLE_AT_ONCE);
    }

    private static int checkedLength(Passage passage, int length) {
        float[] embedding = passage.embedding();
        if (embedding == null) {
            return length;
        }
        for (float number : embedding) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException(passage.id() + ": a number is not finite");
            }
        }
        if (length >= 0 && embedding.length != length) {
            throw new IllegalArgumentException(passage.id() + ": embeddings have " + length + " numbers");
        }
        return embedding.length;
    }

    @Override
    public synchronized void remove(Collection<String> passageIds) {
        requireOpen();
        passageIds.forEach(written::remove);
        changed = true;
        publishIf(fault == IndexFault.VISIBLE_AT_ONCE);
    }

    @Override
    public synchronized void assign(Map<String, Optional<AnchorId>> anchors) {
        requireOpen();
        if (fault == IndexFault.ASSIGNMENTS_ARE_LOST) {
            return;
        }
        anchors.forEach((id, anchor) ->
                written.computeIfPresent(id, (same, old) -> copy(old, anchor.orElse(null), old.hash())));
        changed = true;
        publishIf(fault == IndexFault.VISIBLE_AT_ONCE);
    }

    private static Passage copy(Passage old, AnchorId anchor, String hash) {
        return new Passage(
                old.id(),
                old.document(),
                old.title(),
                old.text(),
                old.start(),
                old.end(),
                old.timestamp(),
                anchor,
                old.embedding(),
                old.source(),
                hash,
                old.ingested());
    }

    @Override
    public synchronized void commit(String marker) {
        requireOpen();
        commits++;
        if (fault == IndexFault.COMMITS_WITHOUT_WRITES_ARE_SKIPPED && !changed && file != null) {
            return;
        }
        changed = false;
        committed = new PlainFile.State(marker, dimension, new TreeMap<>(written));
        if (file != null && fault != IndexFault.COMMITS_ARE_WRITTEN_ON_CLOSE) {
            file.write(committed);
        }
        publishIf(fault == IndexFault.COMMITS_ARE_VISIBLE);
    }

    @Override
    public Optional<String> marker() {
        requireOpen();
        return Optional.ofNullable(committed.marker());
    }

    @Override
    public synchronized List<Passage> find(Collection<String> passageIds) {
        requireOpen();
        Map<String, Passage> known = new TreeMap<>();
        Collection<Passage> seen = fault == IndexFault.FINDS_WHAT_IS_PENDING ? written.values() : visible.passages();
        seen.forEach(each -> known.put(each.id(), each));
        var ids = passageIds.stream().filter(known::containsKey);
        return (fault == IndexFault.FINDS_IN_THE_ORDER_OF_IDS ? ids.sorted() : ids)
                .map(id -> asFound(known.get(id)))
                .toList();
    }

    private Passage asFound(Passage passage) {
        float[] embedding = passage.embedding();
        Passage copy = copy(passage, passage.anchor(), fault == IndexFault.HASHES_ARE_LOST ? "" : passage.hash());
        if (embedding == null || fault == IndexFault.EMBEDDINGS_STAY_AS_THEY_WERE) {
            return copy;
        }
        double length = PlainSearch.length(embedding);
        float[] unit = new float[embedding.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (embedding[i] / length);
        }
        return new Passage(
                        copy.id(),
                        copy.document(),
                        copy.title(),
                        copy.text(),
                        copy.start(),
                        copy.end(),
                        copy.timestamp(),
                        copy.anchor(),
                        length == 0 ? null : unit)
                .ingestedFrom(copy.source(), copy.hash(), copy.ingested());
    }

    @Override
    public void forEach(Consumer<? super Passage> visitor) {
        requireOpen();
        List<Passage> seen = new ArrayList<>(visible.passages());
        if (fault == IndexFault.VISITS_ONE_TWICE && !seen.isEmpty()) {
            seen.add(seen.get(0));
        }
        for (Passage each : seen) {
            try {
                visitor.accept(asFound(each));
            } catch (RuntimeException failed) {
                if (fault != IndexFault.VISITORS_MAY_FAIL) {
                    throw failed;
                }
            }
        }
    }

    @Override
    public long size() {
        requireOpen();
        return visible.passages().size();
    }

    @Override
    public Retriever retriever() {
        requireOpen();
        return this;
    }

    @Override
    public void expunge(String marker) {
        commit(marker);
        refresh();
        if (file != null && fault == IndexFault.REMOVED_PASSAGES_STAY_IN_FILES) {
            TreeMap<String, Passage> all = new TreeMap<>(written);
            all.put("hidden", new Passage("hidden", "xyzzytwo", "", "", 0, 0, PassageIndexFixture.NOON, null, null));
            file.write(new PlainFile.State(marker, dimension, all));
        }
    }

    @Override
    public boolean needsReindexing() {
        requireOpen();
        return false;
    }

    @Override
    public void reindex(String marker) {
        commit(marker);
        refresh();
    }

    @Override
    public void verify() {
        requireOpen();
        if (file != null) {
            file.read();
        }
    }

    @Override
    public synchronized void refresh() {
        requireOpen();
        if (fault == IndexFault.VISIBLE_ONE_BY_ONE) {
            publishOneByOne();
        }
        publishIf(true);
    }

    private void publishIf(boolean now) {
        if (now) {
            boolean keep = fault == IndexFault.CACHE_OF_VECTORS_OUTLIVES_A_REFRESH;
            visible = new Visible(List.copyOf(written.values()), keep ? visible.cache() : new ConcurrentHashMap<>());
        }
    }

    /** Shows a part, and gives others the time to see it. */
    private void publishOneByOne() {
        List<Passage> all = List.copyOf(written.values());
        long before = searches.get();
        visible = new Visible(all.subList(0, Math.max(0, all.size() - 1)), visible.cache());
        for (int i = 0; i < 200 && searches.get() < before + 4; i++) {
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public List<Hit> search(Query query) {
        searches.incrementAndGet();
        return answer(query);
    }

    private List<Hit> answer(Query query) {
        if (fault != IndexFault.SEARCHES_WHEN_CLOSED) {
            requireOpen();
        }
        float[] vector = query.embedding();
        boolean other = vector != null && dimension >= 0 && vector.length != dimension;
        if (other && fault != IndexFault.ANY_LENGTH_IS_COMPARED) {
            throw new IllegalArgumentException("embeddings have " + dimension + " numbers");
        }
        Visible seen = visible;
        PlainSearch search = new PlainSearch(seen.passages(), everWritten, fault);
        boolean cached = fault == IndexFault.CACHE_IGNORES_THE_VECTOR
                || (fault == IndexFault.CACHE_OF_VECTORS_OUTLIVES_A_REFRESH
                        && query.mode() == RetrievalMode.SIMILARITY);
        return cached ? seen.cache().computeIfAbsent(key(query), key -> search.hits(query)) : search.hits(query);
    }

    private List<Object> key(Query query) {
        String vector = fault == IndexFault.CACHE_IGNORES_THE_VECTOR ? "" : Arrays.toString(query.embedding());
        return List.of(
                query.mode(),
                query.text(),
                vector,
                query.limit(),
                query.collapse(),
                query.filter(),
                query.weights(),
                "" + query.anchor(),
                "" + query.document());
    }

    @Override
    public List<List<Hit>> searchAll(List<Query> queries) {
        requireOpen();
        searches.addAndGet(fault == IndexFault.BATCHES_COUNT_AS_SEARCHES ? 1 : queries.size());
        List<List<Hit>> answers = new ArrayList<>();
        queries.forEach(query -> answers.add(answer(query)));
        if (fault == IndexFault.ANSWERS_ARE_BACKWARDS) {
            Collections.reverse(answers);
        }
        return answers;
    }

    @Override
    public List<ExplainedHit> explain(Query query) {
        PlainSearch search = new PlainSearch(visible.passages(), everWritten, fault);
        return search.explain(query, search(query));
    }

    @Override
    public List<List<Ranked>> rankAll(List<Query> queries) {
        List<List<Hit>> hits = searchAll(queries);
        List<List<Ranked>> ids = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            boolean documents = queries.get(i).collapse() || fault == IndexFault.RANKS_DOCUMENTS_ALWAYS;
            ids.add(hits.get(i).stream()
                    .map(hit -> new Ranked(documents ? hit.document() : hit.passage(), hit.score()))
                    .toList());
        }
        return ids;
    }

    @Override
    public PassageIndexMetrics metrics() {
        return new PassageIndexMetrics(
                closed ? 0 : visible.passages().size(),
                everWritten,
                commits,
                searches.get(),
                0,
                0,
                new Distribution(searches.get(), 0, 0, 0, 0, 0, 0));
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (file != null && fault == IndexFault.COMMITS_ARE_WRITTEN_ON_CLOSE) {
                file.write(committed);
            }
            if (file != null && fault == IndexFault.CLOSE_COMMITS) {
                file.write(new PlainFile.State(committed.marker(), dimension, written));
            }
            closed = true;
        }
        if (file != null) {
            file.release();
        }
        onClose.accept(this);
    }
}
