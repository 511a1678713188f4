package dev.geotherm.api.streaming;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of texts, byte arrays and byte buffers; any other content represents itself. */
final class ContentHash {
    private ContentHash() {}

    static Object of(Object content) {
        if (content instanceof CharSequence text) {
            ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * text.length());
            bytes.asCharBuffer().put(text.toString()); // an encoding would replace unpaired surrogates
            return sha256(bytes);
        } else if (content instanceof byte[] array) {
            return sha256(ByteBuffer.wrap(array));
        }
        return content instanceof ByteBuffer buffer ? sha256(buffer.duplicate()) : content;
    }

    private static ByteBuffer sha256(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return ByteBuffer.wrap(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
