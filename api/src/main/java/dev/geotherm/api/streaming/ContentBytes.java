package dev.geotherm.api.streaming;

import java.nio.ByteBuffer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The bytes of a text at two for each character, or of a byte array or buffer; 0 for other contents. */
final class ContentBytes<T> implements ToLongFunction<T> {
    /** The class of the last other content. For a class that is no text, the JVM takes long to find that out. */
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
        other = type; // threads may set it concurrently: each value is right
        return 0;
    }
}
