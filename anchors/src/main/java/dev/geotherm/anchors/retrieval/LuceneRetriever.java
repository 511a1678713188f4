package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.metrics.OperationTimer;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.ExplainedHit;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Ranked;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.metrics.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.jspecify.annotations.Nullable;

/**
 * The retriever of a Lucene index. It uses BM25 for words. Vectors are compared exactly, which makes hits independent of the
 * order of indexing; in large segments, it searches a graph of the vectors instead.
 *
 * <p>A search runs on the caller's thread; {@link #searchAll} can use search threads.
 */
final class LuceneRetriever implements Retriever {
    private final LuceneIndex index;
    private final ExecutorService searchThreads;
    private final LongAdder searches = new LongAdder();
    private final LongAdder cacheHits = new LongAdder();
    private final LongAdder graphSearches = new LongAdder();
    private final OperationTimer timer = new OperationTimer();
    private volatile Tuned tuned;

    /** The settings and the objects that depend on them, replaced as a whole. */
    private record Tuned(LuceneIndexesSettings settings, BM25Similarity similarity, HitCache cache) {
        static Tuned by(LuceneIndexesSettings settings) {
            return new Tuned(
                    settings,
                    new BM25Similarity((float) settings.k1(), (float) settings.b()),
                    new HitCache(settings.cacheSize().bytes()));
        }
    }

    LuceneRetriever(LuceneIndex index, LuceneIndexesSettings settings, ExecutorService searchThreads) {
        this.index = index;
        this.searchThreads = searchThreads;
        tuned = Tuned.by(settings);
    }

    LuceneIndexesSettings settings() {
        return tuned.settings();
    }

    void reconfigure(LuceneIndexesSettings settings) {
        tuned = Tuned.by(settings);
    }

    /** Drops the cached answers, which belong to an old state of the index. */
    void forget() {
        tuned.cache().clear();
    }

    long searches() {
        return searches.sum();
    }

    long cacheHits() {
        return cacheHits.sum();
    }

    long graphSearches() {
        return graphSearches.sum();
    }

    Distribution times() {
        return timer.distribution();
    }

    @Override
    public List<Hit> search(Query query) {
        return searchAll(List.of(query)).get(0);
    }

    @Override
    public List<List<Hit>> searchAll(List<Query> queries) {
        return inBatches(queries, this::hits);
    }

    @Override
    public List<List<Ranked>> rankAll(List<Query> queries) {
        return inBatches(queries, this::ids);
    }

    @Override
    public List<ExplainedHit> explain(Query query) {
        return batch(List.of(query), this::explained).get(0);
    }

    private List<List<ExplainedHit>> explained(List<Query> queries, Snapshot snapshot, Tuned now) throws IOException {
        PassageSearcher searcher = searcher(snapshot, now);
        HitReader reader = new HitReader(snapshot);
        List<List<ExplainedHit>> all = new ArrayList<>();
        for (Query query : queries) {
            Ranking found = searcher.all(List.of(query)).get(0);
            List<Hit> hits = reader.hits(found);
            List<PassageSearcher.Explained> reasons = searcher.explain(query, found);
            List<ExplainedHit> explained = new ArrayList<>();
            for (int i = 0; i < hits.size(); i++) {
                explained.add(new ExplainedHit(
                        hits.get(i), reasons.get(i).parts(), reasons.get(i).terms()));
            }
            all.add(List.copyOf(explained));
        }
        return all;
    }

    /** A function that answers the queries of a batch from one snapshot of the index. */
    private interface Answers<T> {
        List<T> of(List<Query> queries, Snapshot snapshot, Tuned now) throws IOException;
    }

    private <T> List<T> inBatches(List<Query> queries, Answers<T> answers) {
        index.requireOpen();
        LuceneIndexesSettings settings = tuned.settings();
        List<List<Query>> batches = new ArrayList<>();
        for (int from = 0; from < queries.size(); from += settings.batchSize()) {
            batches.add(queries.subList(from, Math.min(queries.size(), from + settings.batchSize())));
        }
        List<T> all = new ArrayList<>(queries.size());
        if (settings.parallel() && batches.size() > 1) {
            inParallel(batches, answers).forEach(all::addAll);
        } else {
            batches.forEach(batch -> all.addAll(batch(batch, answers)));
        }
        return all;
    }

    private <T> List<List<T>> inParallel(List<List<Query>> batches, Answers<T> answers) {
        List<Future<List<T>>> running = new ArrayList<>();
        try {
            for (List<Query> batch : batches) {
                running.add(searchThreads.submit(() -> batch(batch, answers)));
            }
            List<List<T>> all = new ArrayList<>();
            for (Future<List<T>> one : running) {
                all.add(one.get());
            }
            return all;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GeothermException("the search of " + batches.size() + " batches was interrupted", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new GeothermException("a search in " + index + " failed: " + failed.getCause(), failed.getCause());
        } catch (RejectedExecutionException refused) {
            throw new IllegalStateException(index + " is closed", refused);
        } finally {
            running.forEach(one -> one.cancel(false));
        }
    }

    private <T> List<T> batch(List<Query> queries, Answers<T> answers) {
        index.requireOpen();
        long start = System.nanoTime();
        queries.forEach(this::check);
        try {
            return index.read(reader -> answers.of(queries, index.snapshot(reader), tuned));
        } finally {
            searches.add(queries.size());
            timer.record(start, queries.size());
        }
    }

    private List<List<Ranked>> ids(List<Query> queries, Snapshot snapshot, Tuned now) throws IOException {
        HitReader reader = new HitReader(snapshot);
        List<Ranking> rankings = rankings(queries, snapshot, now);
        List<List<Ranked>> ids = new ArrayList<>(queries.size());
        for (int i = 0; i < rankings.size(); i++) {
            ids.add(reader.ids(rankings.get(i), queries.get(i).collapse()));
        }
        return ids;
    }

    private List<Ranking> rankings(List<Query> queries, Snapshot snapshot, Tuned now) throws IOException {
        return searcher(snapshot, now).all(queries);
    }

    private PassageSearcher searcher(Snapshot snapshot, Tuned now) {
        return new PassageSearcher(snapshot, now.similarity(), now.settings(), graphSearches);
    }

    private List<List<Hit>> hits(List<Query> queries, Snapshot snapshot, Tuned now) throws IOException {
        List<@Nullable List<Hit>> known = new ArrayList<>(queries.size());
        List<Query> misses = new ArrayList<>();
        for (Query query : queries) {
            List<Hit> cached = now.cache().get(query, snapshot);
            known.add(cached);
            if (cached == null) {
                misses.add(query);
            }
        }
        cacheHits.add(queries.size() - misses.size());
        HitReader reader = new HitReader(snapshot);
        Iterator<Ranking> found = rankings(misses, snapshot, now).iterator();
        List<List<Hit>> all = new ArrayList<>(queries.size());
        for (int i = 0; i < queries.size(); i++) {
            List<Hit> hits = known.get(i);
            if (hits == null) {
                hits = reader.hits(found.next());
                now.cache().put(queries.get(i), snapshot, hits);
            }
            all.add(hits);
        }
        return all;
    }

    private void check(Query query) {
        float[] embedding = query.embedding();
        int dimension = index.dimension();
        if (embedding != null && dimension >= 0 && embedding.length != dimension) {
            throw new IllegalArgumentException(
                    "the query's embedding must have the length of the passages' embeddings, " + dimension + ", was "
                            + embedding.length);
        }
    }
}
