package dev.geotherm.api.streaming;

import java.nio.charset.StandardCharsets;

/**
 * A codec for the contents of fragments that a pipeline keeps on disk.
 *
 * <p>Thread-safe.
 *
 * @param <T> the content
 */
public interface ContentCodec<T> {

    /**
     * Encodes a content.
     *
     * @throws RuntimeException if the content cannot be encoded; the producer of the fragment receives the exception
     */
    byte[] encode(T content);

    /**
     * Decodes bytes that {@link #encode} returned, perhaps in an earlier process.
     *
     * @throws RuntimeException if the bytes are not valid
     */
    T decode(byte[] bytes);

    /** Returns a codec for texts, in UTF-8. */
    static ContentCodec<String> text() {
        return new ContentCodec<>() {
            @Override
            public byte[] encode(String content) {
                return content.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String decode(byte[] bytes) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        };
    }

    /** Returns a codec for byte arrays. */
    static ContentCodec<byte[]> bytes() {
        return new ContentCodec<>() {
            @Override
            public byte[] encode(byte[] content) {
                return content.clone();
            }

            @Override
            public byte[] decode(byte[] bytes) {
                return bytes;
            }
        };
    }
}
