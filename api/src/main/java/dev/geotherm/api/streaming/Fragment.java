package dev.geotherm.api.streaming;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of content to be ingested; immutable if its content is.
 *
 * <p>A pipeline does not interpret ids and does not require them to be unique; a processor may.
 *
 * @param id the fragment's id
 * @param content the content; must not be modified while the pipeline has it
 * @param priority how urgent the fragment is
 * @param timestamp when the content was created
 * @param metadata further properties, such as source and offsets
 * @param deadline when processing must have ended for its result to be useful; null for no deadline
 * @param <T> the content
 */
public record Fragment<T>(
        String id,
        T content,
        Priority priority,
        Instant timestamp,
        Map<String, String> metadata,
        @Nullable Instant deadline) {

    /** Checks that nothing but the deadline is null, and copies the metadata. */
    public Fragment {
        requireNonNull(id, "id");
        requireNonNull(content, "content");
        requireNonNull(priority, "priority");
        requireNonNull(timestamp, "timestamp");
        metadata = Map.copyOf(metadata);
    }

    /** Creates a fragment without a deadline. */
    public Fragment(String id, T content, Priority priority, Instant timestamp, Map<String, String> metadata) {
        this(id, content, priority, timestamp, metadata, null);
    }

    /** Returns a copy with different content. */
    public <U> Fragment<U> withContent(U newContent) {
        return new Fragment<>(id, newContent, priority, timestamp, metadata, deadline);
    }

    /** Returns a copy with a different deadline, such as the deadline of the request it belongs to; null for none. */
    public Fragment<T> withDeadline(@Nullable Instant newDeadline) {
        return new Fragment<>(id, content, priority, timestamp, metadata, newDeadline);
    }
}
