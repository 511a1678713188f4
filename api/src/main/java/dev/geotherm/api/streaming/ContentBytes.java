package dev.geotherm.api.streaming;

import java.nio.ByteBuffer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The size of a content in bytes: of a text, two per character; of a byte array or buffer, its length; 0 for any other. */
final class ContentBytes<T> implements ToLongFunction<T> {
    /** The class of the last other content, as a cache: a failed {@code instanceof} of an interface is slow. */
    private @Nullable Class<?> other;

    @Override
    public long applyAsLong(T content) {
        Class<?> type = content.getClass();
        if (type == other) {
            return 0;
        } else if (content instanceof CharSequence text) {
            return 2L * text.length();
        } else if (content instanceof byte[] array) {
            return array.length;
        } else if (content instanceof ByteBuffer buffer) {
            return buffer.remaining();
        }
        other = type; // a benign race: any value is valid
        return 0;
    }
}
