package dev.geotherm.anchors.retrieval;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;

/** A thread-safe cache of the vectors of all segments in use, each read once, in memory up to a bound. */
final class VectorCache {
    private final Map<IndexReader.CacheKey, SegmentVectors> bySegment = new HashMap<>();
    private final Map<IndexReader.CacheKey, Long> reserved = new HashMap<>();
    private final long limit;
    private long used;

    /**
     * Creates an empty cache.
     *
     * @param limit the maximum number of bytes of vectors in memory; other vectors are read from the file for each search
     */
    VectorCache(long limit) {
        this.limit = limit;
    }

    synchronized SegmentVectors of(LeafReader leaf) throws IOException {
        IndexReader.CacheHelper helper = leaf.getCoreCacheHelper();
        SegmentVectors known = bySegment.get(helper.getKey());
        if (known == null) {
            known = SegmentVectors.of(leaf, bytes -> reserve(helper.getKey(), bytes));
            bySegment.put(helper.getKey(), known);
            helper.addClosedListener(this::forget);
        }
        return known;
    }

    private boolean reserve(IndexReader.CacheKey segment, long bytes) {
        if (used + bytes > limit) {
            return false;
        }
        used += bytes;
        reserved.put(segment, bytes);
        return true;
    }

    private synchronized void forget(IndexReader.CacheKey segment) {
        bySegment.remove(segment);
        Long bytes = reserved.remove(segment);
        used -= bytes == null ? 0 : bytes;
    }

    /** Returns the number of bytes of vectors in memory. */
    synchronized long used() {
        return used;
    }
}
