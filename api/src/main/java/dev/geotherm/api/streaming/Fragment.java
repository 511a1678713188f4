package dev.geotherm.api.streaming;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * A piece of content on its way into the system.
 *
 * <p>A pipeline does not look at ids; that they are unique matters to who processes the fragments.
 *
 * @param id names the fragment
 * @param content what it holds; not changed by anybody on the way
 * @param priority how urgent it is
 * @param timestamp when its content came to be
 * @param metadata whatever else is known: source, offsets
 * @param <T> the content
 */
public record Fragment<T>(String id, T content, Priority priority, Instant timestamp, Map<String, String> metadata) {

    /** Checks that nothing is null, and copies the metadata. */
    public Fragment {
        requireNonNull(id, "id");
        requireNonNull(content, "content");
        requireNonNull(priority, "priority");
        requireNonNull(timestamp, "timestamp");
        metadata = Map.copyOf(metadata);
    }

    /** Returns the same fragment with other content. */
    public <U> Fragment<U> withContent(U newContent) {
        return new Fragment<>(id, newContent, priority, timestamp, metadata);
    }
}
