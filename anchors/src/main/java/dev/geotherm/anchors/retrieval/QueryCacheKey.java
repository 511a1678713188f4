package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.anchor.Query;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The key of a cached answer: a query, compared by value including its vector, and a version of the index.
 *
 * @param query the query
 * @param version the version of the index, because an answer from an old version must not be used for the current one
 */
record QueryCacheKey(Query query, long version) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QueryCacheKey key
                && version == key.version
                && query.mode() == key.query.mode()
                && query.limit() == key.query.limit()
                && query.collapse() == key.query.collapse()
                && query.text().equals(key.query.text())
                && Objects.equals(query.anchor(), key.query.anchor())
                && Objects.equals(query.document(), key.query.document())
                && query.filter().equals(key.query.filter())
                && query.weights().equals(key.query.weights())
                && Arrays.equals(query.embedding(), key.query.embedding());
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                query.mode(),
                query.text(),
                query.anchor(),
                query.document(),
                query.filter(),
                query.weights(),
                query.limit(),
                query.collapse(),
                version,
                Arrays.hashCode(query.embedding()));
    }
}
