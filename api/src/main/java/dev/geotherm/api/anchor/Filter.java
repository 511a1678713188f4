package dev.geotherm.api.anchor;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter of passages: a query finds only passages that fulfil all of its conditions.
 *
 * @param documents the ids of the documents, or empty for any
 * @param sources the sources of the documents, or empty for any
 * @param from the earliest time of the content, or null for any
 * @param to the end of the times, exclusive, or null for none
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

    /** Returns whether there is no condition. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** Returns this filter for passages of these documents only. */
    public Filter ofDocuments(Collection<String> ids) {
        return new Filter(Set.copyOf(ids), sources, from, to);
    }

    /** Returns this filter for passages of these sources only. */
    public Filter ofSources(Collection<String> names) {
        return new Filter(documents, Set.copyOf(names), from, to);
    }

    /** Returns this filter for passages of a range of time only; the end is exclusive, and null is no bound. */
    public Filter between(@Nullable Instant start, @Nullable Instant end) {
        return new Filter(documents, sources, start, end);
    }
}
