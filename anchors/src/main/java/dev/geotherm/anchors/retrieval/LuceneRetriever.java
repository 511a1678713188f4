package dev.geotherm.anchors.retrieval;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.geotherm.anchors.metrics.OperationTimer;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.anchor.RetrieverMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.jspecify.annotations.Nullable;

/**
 * A retriever on a Lucene index in its work folder: BM25 for words, exact comparison for vectors, so that hits do not
 * depend on the order of indexing.
 *
 * <p>A search runs on the caller's thread; {@link #searchAll} may use search threads, one per processor, because
 * searches are CPU-bound. Closing the retriever deletes the index.
 */
final class LuceneRetriever implements Retriever, Reconfigurable<LuceneRetrieverSettings> {
    private final String instance;
    private final PassageIndex index;
    private final ExecutorService searchThreads;
    private final LongAdder searches = new LongAdder();
    private final LongAdder cacheHits = new LongAdder();
    private final OperationTimer timer = new OperationTimer();
    private volatile Tuned tuned;
    private volatile boolean closed;

    /** The settings and the objects that depend on them, replaced as a whole. */
    private record Tuned(
            LuceneRetrieverSettings settings, BM25Similarity similarity, Cache<QueryCacheKey, List<Hit>> cache) {
        static Tuned by(LuceneRetrieverSettings settings) {
            return new Tuned(
                    settings,
                    new BM25Similarity((float) settings.k1(), (float) settings.b()),
                    Caffeine.newBuilder()
                            .maximumSize(settings.cacheSize())
                            .executor(Runnable::run)
                            .build());
        }
    }

    /**
     * Creates a retriever without passages.
     *
     * @param context provides the threads and the work folder, which is created if it does not exist
     * @throws GeothermException if the folder cannot be written
     */
    LuceneRetriever(LuceneRetrieverSettings settings, ComponentContext context) {
        instance = context.instance();
        tuned = Tuned.by(settings);
        index = new PassageIndex(context, () -> tuned.settings().prefetch());
        searchThreads = context.computeExecutor("search", Runtime.getRuntime().availableProcessors());
    }

    @Override
    public void index(Collection<Passage> passages) {
        requireOpen();
        index.add(passages);
    }

    @Override
    public void remove(Collection<String> passageIds) {
        requireOpen();
        index.remove(passageIds);
    }

    @Override
    public void refresh() {
        requireOpen();
        index.refresh(() -> tuned.cache().invalidateAll());
    }

    @Override
    public List<Hit> search(Query query) {
        return searchBatch(List.of(query)).get(0);
    }

    @Override
    public List<List<Hit>> searchAll(List<Query> queries) {
        requireOpen();
        LuceneRetrieverSettings settings = tuned.settings();
        List<List<Query>> batches = new ArrayList<>();
        for (int from = 0; from < queries.size(); from += settings.batchSize()) {
            batches.add(queries.subList(from, Math.min(queries.size(), from + settings.batchSize())));
        }
        List<List<Hit>> answers = new ArrayList<>(queries.size());
        if (settings.parallel() && batches.size() > 1) {
            inParallel(batches).forEach(answers::addAll);
        } else {
            batches.forEach(batch -> answers.addAll(searchBatch(batch)));
        }
        return answers;
    }

    private List<List<List<Hit>>> inParallel(List<List<Query>> batches) {
        List<Future<List<List<Hit>>>> running = new ArrayList<>();
        try {
            for (List<Query> batch : batches) {
                running.add(searchThreads.submit(() -> searchBatch(batch)));
            }
            List<List<List<Hit>>> answers = new ArrayList<>();
            for (Future<List<List<Hit>>> one : running) {
                answers.add(one.get());
            }
            return answers;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GeothermException("the search of " + batches.size() + " batches was interrupted", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new GeothermException("a search in " + instance + " failed: " + failed.getCause(), failed.getCause());
        } catch (RejectedExecutionException refused) {
            throw new IllegalStateException("the retriever " + instance + " is closed", refused);
        } finally {
            running.forEach(one -> one.cancel(false));
        }
    }

    private List<List<Hit>> searchBatch(List<Query> queries) {
        requireOpen();
        long start = System.nanoTime();
        queries.forEach(this::check);
        try {
            IndexSearcher shared = index.acquire();
            try {
                return answer(queries, shared);
            } finally {
                index.release(shared);
            }
        } catch (IOException failed) {
            throw new GeothermException("cannot read the index of " + instance + ": " + failed, failed);
        } finally {
            searches.add(queries.size());
            timer.record(start, queries.size());
        }
    }

    private List<List<Hit>> answer(List<Query> queries, IndexSearcher shared) throws IOException {
        Tuned now = tuned;
        IndexSearcher searcher = new IndexSearcher(shared.getIndexReader());
        searcher.setSimilarity(now.similarity());
        long version = ((DirectoryReader) shared.getIndexReader()).getVersion();
        List<@Nullable List<Hit>> answers = new ArrayList<>();
        List<Query> misses = new ArrayList<>();
        for (Query query : queries) {
            List<Hit> known = now.cache().getIfPresent(new QueryCacheKey(query, version));
            answers.add(known);
            if (known == null) {
                misses.add(query);
            } else {
                cacheHits.increment();
            }
        }
        List<List<Hit>> found = new PassageSearcher(searcher, index.analyzer(), now.settings()).all(misses);
        List<List<Hit>> all = new ArrayList<>();
        int next = 0;
        for (List<Hit> known : answers) {
            if (known == null) {
                List<Hit> hits = found.get(next);
                now.cache().put(new QueryCacheKey(misses.get(next), version), hits);
                all.add(hits);
                next++;
            } else {
                all.add(known);
            }
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

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the retriever " + instance + " is closed");
        }
    }

    @Override
    public RetrieverMetrics metrics() {
        return new RetrieverMetrics(closed ? 0 : passages(), searches.sum(), cacheHits.sum(), timer.distribution());
    }

    private long passages() {
        try {
            IndexSearcher searcher = index.acquire();
            try {
                return searcher.getIndexReader().numDocs();
            } finally {
                index.release(searcher);
            }
        } catch (IOException failed) {
            throw new GeothermException("cannot read the index of " + instance + ": " + failed, failed);
        }
    }

    /** Applies all settings at once; a new value of {@code prefetch} takes effect with the next refresh that sees changes. */
    @Override
    public void reconfigure(LuceneRetrieverSettings newSettings) {
        requireOpen();
        tuned = Tuned.by(newSettings);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        searchThreads.shutdown();
        index.close();
    }
}
