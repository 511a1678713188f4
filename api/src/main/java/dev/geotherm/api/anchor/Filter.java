package dev.geotherm.api.anchor;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter of passages: a query finds only passages that meet all its conditions.
 *
 * @param documents the ids of the documents, or empty for any
 * @param sources the sources of the documents, or empty for any
 * @param from the start of the range of content times, inclusive, or null for no bound
 * @param to the end of that range, exclusive, or null for no bound
 */
public record Filter(
        Set<String> documents,
        Set<String> sources,
        @Nullable Instant from,
        @Nullable Instant to) {
    private static final Filter NONE = new Filter(Set.of(), Set.of(), null, null);

    /** Copies the sets and checks the times. */
    public Filter {
        documents = Set.copyOf(documents);
        sources = Set.copyOf(sources);
        if (from != null && to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("a filter must not end, at " + to + ", before it begins, at " + from);
        }
    }

    /** Returns the filter without conditions. */
    public static Filter none() {
        return NONE;
    }

    /** Returns whether this filter has no conditions. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** Returns a copy that accepts only passages of these documents. */
    public Filter ofDocuments(Collection<String> ids) {
        return new Filter(Set.copyOf(ids), sources, from, to);
    }

    /** Returns a copy that accepts only passages of these sources. */
    public Filter ofSources(Collection<String> names) {
        return new Filter(documents, Set.copyOf(names), from, to);
    }

    /** Returns a copy that accepts only passages of a time range; the end is exclusive, and null means no bound. */
    public Filter between(@Nullable Instant start, @Nullable Instant end) {
        return new Filter(documents, sources, start, end);
    }
}
