package dev.geotherm.anchors.retrieval;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.geotherm.anchors.metrics.OperationTimer;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.metrics.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.jspecify.annotations.Nullable;

/**
 * The retriever of a Lucene index: BM25 for words, exact comparison for vectors, so that hits do not depend on the order of
 * indexing.
 *
 * <p>A search runs on the caller's thread; {@link #searchAll} may use search threads.
 */
final class LuceneRetriever implements Retriever {
    private final LuceneIndex index;
    private final ExecutorService searchThreads;
    private final LongAdder searches = new LongAdder();
    private final LongAdder cacheHits = new LongAdder();
    private final OperationTimer timer = new OperationTimer();
    private volatile Tuned tuned;

    /** The settings and the objects that depend on them, replaced as a whole. */
    private record Tuned(
            LuceneIndexesSettings settings, BM25Similarity similarity, Cache<QueryCacheKey, List<Hit>> cache) {
        static Tuned by(LuceneIndexesSettings settings) {
            return new Tuned(
                    settings,
                    new BM25Similarity((float) settings.k1(), (float) settings.b()),
                    Caffeine.newBuilder()
                            .maximumSize(settings.cacheSize())
                            .executor(Runnable::run)
                            .build());
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

    /** Drops the cached answers, which are of an old state of the index. */
    void forget() {
        tuned.cache().invalidateAll();
    }

    long searches() {
        return searches.sum();
    }

    long cacheHits() {
        return cacheHits.sum();
    }

    Distribution times() {
        return timer.distribution();
    }

    @Override
    public List<Hit> search(Query query) {
        return searchBatch(List.of(query)).get(0);
    }

    @Override
    public List<List<Hit>> searchAll(List<Query> queries) {
        index.requireOpen();
        LuceneIndexesSettings settings = tuned.settings();
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
            throw new GeothermException("a search in " + index + " failed: " + failed.getCause(), failed.getCause());
        } catch (RejectedExecutionException refused) {
            throw new IllegalStateException(index + " is closed", refused);
        } finally {
            running.forEach(one -> one.cancel(false));
        }
    }

    private List<List<Hit>> searchBatch(List<Query> queries) {
        index.requireOpen();
        long start = System.nanoTime();
        queries.forEach(this::check);
        try {
            return index.read(reader -> answer(queries, reader));
        } finally {
            searches.add(queries.size());
            timer.record(start, queries.size());
        }
    }

    private List<List<Hit>> answer(List<Query> queries, IndexReader reader) throws IOException {
        Tuned now = tuned;
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(now.similarity());
        long version = ((DirectoryReader) reader).getVersion();
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
}
