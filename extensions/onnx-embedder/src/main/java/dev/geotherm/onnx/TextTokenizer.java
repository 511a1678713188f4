package dev.geotherm.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** The tokenizer of a model. It uses two tokenizers of the library, because one cannot truncate some texts and not others. Safe for use by many threads; close it when no call is in progress. */
final class TextTokenizer implements AutoCloseable {
    static {
        // Without these, the library downloads a build of itself if it finds a GPU, and reports its use to its authors
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
     * @param file in the format of Hugging Face's {@code tokenizer.json}; its own truncation and padding are ignored
     * @param maxTokens the maximum number of tokens of a text; what follows is omitted
     * @throws GeothermException if it cannot be read
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

    /** Returns a text of the same length without unpaired surrogates, which do not exist in the tokenizer's UTF-8. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Returns where the tokens of a text start, without the limit and those that mark begin and end. */
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
