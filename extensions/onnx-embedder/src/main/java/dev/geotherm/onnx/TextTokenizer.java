package dev.geotherm.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * The tokenizer of a model. It uses two tokenizers of the library, with and without truncation, because one cannot do both.
 * Thread-safe; close it only when no call is in progress.
 */
final class TextTokenizer implements AutoCloseable {
    static {
        // Without these settings, the library downloads another build of itself if it finds a GPU, and reports its use
        // on EC2.
        setUnlessSet("RUST_FLAVOR", "cpu");
        setUnlessSet("OPT_OUT_TRACKING", "true");
    }

    private final HuggingFaceTokenizer tokenizer;
    private final HuggingFaceTokenizer whole;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, HuggingFaceTokenizer whole) {
        this.tokenizer = tokenizer;
        this.whole = whole;
    }

    private static void setUnlessSet(String name, String value) {
        if (System.getenv(name) == null && System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /**
     * Reads a tokenizer.
     *
     * @param file a file in the format of Hugging Face's {@code tokenizer.json}; its truncation and padding are ignored
     * @param maxTokens the maximum number of tokens of a text; further tokens are omitted
     * @throws GeothermException if the file cannot be read
     */
    static TextTokenizer read(Path file, int maxTokens) {
        try {
            HuggingFaceTokenizer whole = HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optTruncation(false)
                    .optPadding(false)
                    .optAddSpecialTokens(false)
                    .build();
            HuggingFaceTokenizer truncating = HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optTruncation(true)
                    .optMaxLength(maxTokens)
                    .optPadding(false)
                    .build();
            return new TextTokenizer(truncating, whole);
        } catch (IOException | RuntimeException failed) {
            throw new GeothermException("cannot read the tokenizer " + file + ": " + failed.getMessage(), failed);
        }
    }

    /** Returns the ids of a text's tokens. */
    long[] ids(String text) {
        return tokenizer.encode(wellFormed(text)).getIds();
    }

    /** Returns a text of the same length without unpaired surrogates, which the tokenizer's UTF-8 cannot encode. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Returns the starts of a text's tokens, without a limit and without the begin and end markers. */
    int[] starts(String text) {
        String wellFormed = wellFormed(text);
        int[] starts = Arrays.stream(whole.encode(wellFormed).getCharTokenSpans())
                .filter(Objects::nonNull)
                .mapToInt(CharSpan::getStart)
                .sorted()
                .toArray();
        int codePoint = 0; // the library counts code points
        int at = 0;
        for (int i = 0; i < starts.length; i++) {
            at = wellFormed.offsetByCodePoints(at, starts[i] - codePoint);
            codePoint = starts[i];
            starts[i] = at;
        }
        return starts;
    }

    @Override
    public void close() {
        tokenizer.close();
        whole.close();
    }
}
