package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.anchor.Query;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A query as the key of a cache: equal by what it asks, the numbers of its vector included, of one state of the index.
 *
 * @param query what is asked
 * @param version the state of the index, so that a late answer from an old one is not taken for a new one's
 */
record QueryCacheKey(Query query, long version) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QueryCacheKey asked
                && version == asked.version
                && query.mode() == asked.query.mode()
                && query.limit() == asked.query.limit()
                && query.text().equals(asked.query.text())
                && Objects.equals(query.anchor(), asked.query.anchor())
                && Objects.equals(query.document(), asked.query.document())
                && Arrays.equals(query.embedding(), asked.query.embedding());
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                query.mode(),
                query.text(),
                query.anchor(),
                query.document(),
                query.limit(),
                version,
                Arrays.hashCode(query.embedding()));
    }
}
