package dev.geotherm.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The tokenizer of a model. Safe for use by many threads; close it when no call is in progress. */
final class TextTokenizer implements AutoCloseable {
    static {
        // Without these, the library downloads a build of itself if it finds a GPU, and reports its use to its authors
        // on EC2.
        setUnlessSet("RUST_FLAVOR", "cpu");
        setUnlessSet("OPT_OUT_TRACKING", "true");
    }

    private final HuggingFaceTokenizer tokenizer;

    private TextTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    private static void setUnlessSet(String name, String value) {
        if (System.getenv(name) == null && System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /**
     * Reads a tokenizer.
     *
     * @param file in the format of Hugging Face's {@code tokenizer.json}; its own truncation and padding are ignored
     * @param maxTokens the maximum number of tokens of a text; what follows is omitted
     * @throws GeothermException if it cannot be read
     */
    static TextTokenizer read(Path file, int maxTokens) {
        try {
            return new TextTokenizer(HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optTruncation(true)
                    .optMaxLength(maxTokens)
                    .optPadding(false)
                    .build());
        } catch (IOException | RuntimeException failed) {
            throw new GeothermException("cannot read the tokenizer " + file + ": " + failed.getMessage(), failed);
        }
    }

    /** Returns the ids of a text's tokens. */
    long[] ids(String text) {
        // Unpaired surrogates do not exist in the tokenizer's UTF-8.
        String wellFormed = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return tokenizer.encode(wellFormed).getIds();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
