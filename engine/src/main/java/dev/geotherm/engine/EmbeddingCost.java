package dev.geotherm.engine;

import java.nio.charset.StandardCharsets;

/** The cost of the embeddings that an ingestion would compute. Not thread-safe. */
final class EmbeddingCost {
    private static final int BYTES_PER_TOKEN = 4;

    private long texts;
    private long characters;
    private long bytes;

    /** Adds a chunk, unless its embedding is known. */
    void add(Chunk chunk) {
        if (chunk.embedding() == null) {
            String text = chunk.text().withTitle();
            texts++;
            characters += text.length();
            bytes += text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    long texts() {
        return texts;
    }

    long characters() {
        return characters;
    }

    /** Returns an estimate, because tokenizers differ: four bytes per token are typical for English. */
    long tokens() {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
