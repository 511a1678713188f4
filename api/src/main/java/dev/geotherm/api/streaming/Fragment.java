package dev.geotherm.api.streaming;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * A piece of content to be ingested; immutable if its content is.
 *
 * <p>A pipeline does not interpret ids and does not require them to be unique; a processor may.
 *
 * @param id the fragment's id
 * @param content the content; must not be modified while the pipeline has it
 * @param priority how urgent the fragment is
 * @param timestamp when the content was created
 * @param metadata further facts: source, offsets
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
