package dev.geotherm.testkit.anchor;

import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.anchor.RetrieverMetrics;
import dev.geotherm.api.metrics.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The smallest correct retriever, with an optional fault: every search scans every passage. */
final class PlainRetriever implements Retriever {
    private final RetrieverFault fault;
    private final TreeMap<String, Passage> written = new TreeMap<>();
    private final AtomicLong searches = new AtomicLong();
    private volatile Visible visible = new Visible(List.of(), new ConcurrentHashMap<>());
    private volatile int dimension = -1;
    private volatile boolean closed;
    private int everWritten;

    /** The passages that searches see until the next refresh, and a cache for the faults that need one. */
    private record Visible(List<Passage> passages, Map<List<Object>, List<Hit>> cache) {}

    PlainRetriever(RetrieverFault fault) {
        this.fault = fault;
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
            if (fault == RetrieverFault.REFUSES_THE_REST_ONLY) {
                written.put(passage.id(), passage);
            }
        }
        dimension = length;
        for (Passage passage : passages) {
            if (fault == RetrieverFault.FIRST_OF_AN_ID_STAYS) {
                written.putIfAbsent(passage.id(), passage);
            } else {
                written.put(passage.id(), passage);
            }
        }
        everWritten += passages.size();
        publishIf(fault == RetrieverFault.VISIBLE_AT_ONCE);
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
        publishIf(fault == RetrieverFault.VISIBLE_AT_ONCE);
    }

    @Override
    public synchronized void refresh() {
        requireOpen();
        if (fault == RetrieverFault.VISIBLE_ONE_BY_ONE) {
            publishOneByOne();
        }
        publishIf(true);
    }

    private void publishIf(boolean now) {
        if (now) {
            boolean keep = fault == RetrieverFault.CACHE_OF_VECTORS_OUTLIVES_A_REFRESH;
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
        if (fault != RetrieverFault.SEARCHES_WHEN_CLOSED) {
            requireOpen();
        }
        float[] vector = query.embedding();
        boolean other = vector != null && dimension >= 0 && vector.length != dimension;
        if (other && fault != RetrieverFault.ANY_LENGTH_IS_COMPARED) {
            throw new IllegalArgumentException("embeddings have " + dimension + " numbers");
        }
        Visible seen = visible;
        PlainSearch search = new PlainSearch(seen.passages(), everWritten, fault);
        boolean cached = fault == RetrieverFault.CACHE_IGNORES_THE_VECTOR
                || (fault == RetrieverFault.CACHE_OF_VECTORS_OUTLIVES_A_REFRESH
                        && query.mode() == RetrievalMode.SIMILARITY);
        return cached ? seen.cache().computeIfAbsent(key(query), key -> search.hits(query)) : search.hits(query);
    }

    private List<Object> key(Query query) {
        String vector = fault == RetrieverFault.CACHE_IGNORES_THE_VECTOR ? "" : Arrays.toString(query.embedding());
        return List.of(
                query.mode(),
                query.text(),
                vector,
                query.limit(),
                query.collapse(),
                "" + query.anchor(),
                "" + query.document());
    }

    @Override
    public List<List<Hit>> searchAll(List<Query> queries) {
        requireOpen();
        searches.addAndGet(fault == RetrieverFault.BATCHES_COUNT_AS_SEARCHES ? 1 : queries.size());
        List<List<Hit>> answers = new ArrayList<>();
        queries.forEach(query -> answers.add(answer(query)));
        if (fault == RetrieverFault.ANSWERS_ARE_BACKWARDS) {
            Collections.reverse(answers);
        }
        return answers;
    }

    @Override
    public RetrieverMetrics metrics() {
        return new RetrieverMetrics(
                visible.passages().size(), searches.get(), 0, new Distribution(searches.get(), 0, 0, 0, 0, 0, 0));
    }

    @Override
    public void close() {
        closed = true;
    }
}
