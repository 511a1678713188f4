package dev.geotherm.anchors.retrieval;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Query;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.jspecify.annotations.Nullable;

/** A thread-safe cache of the hits of recent queries, bounded by their size in memory. */
final class HitCache {
    private static final int ENTRY_BYTES = 200;
    private static final int HIT_BYTES = 64;

    private final @Nullable Cache<QueryCacheKey, List<Hit>> cache;

    /**
     * Creates an empty cache.
     *
     * @param bytes the maximum estimated size; 0 disables the cache
     */
    HitCache(long bytes) {
        cache = bytes == 0
                ? null
                : Caffeine.newBuilder()
                        .maximumWeight(bytes)
                        .weigher(HitCache::bytes)
                        .executor(Runnable::run)
                        .build();
    }

    private static int bytes(QueryCacheKey key, List<Hit> hits) {
        float[] embedding = key.query().embedding();
        long bytes = ENTRY_BYTES
                + key.query().text().length()
                + (embedding == null ? 0L : (long) Float.BYTES * embedding.length);
        for (Hit hit : hits) {
            bytes += 2 * HIT_BYTES + hit.passage().length() + hit.document().length();
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    /** Returns the hits of a query in a snapshot, or null if they are not cached. */
    @Nullable
    List<Hit> get(Query query, Snapshot snapshot) {
        return cache == null ? null : cache.getIfPresent(key(query, snapshot));
    }

    void put(Query query, Snapshot snapshot, List<Hit> hits) {
        if (cache != null) {
            cache.put(key(query, snapshot), hits);
        }
    }

    private static QueryCacheKey key(Query query, Snapshot snapshot) {
        return new QueryCacheKey(query, ((DirectoryReader) snapshot.reader()).getVersion());
    }

    /** Removes all entries. */
    void clear() {
        if (cache != null) {
            cache.invalidateAll();
        }
    }
}
