package dev.geotherm.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 hash of a sequence of texts, each with its length. Not thread-safe. */
final class ContentHash {
    private final MessageDigest digest;

    ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    ContentHash add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
        return this;
    }

    /** Adds the content of a file. A folder, such as one of classes, adds nothing. */
    ContentHash addFile(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            digest.update(Files.readAllBytes(file));
        }
        return this;
    }

    /** Returns the hash of everything added. Call it once. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
