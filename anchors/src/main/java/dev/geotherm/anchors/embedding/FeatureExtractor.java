package dev.geotherm.anchors.embedding;

import dev.geotherm.anchors.analysis.TextAnalyzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * A thread-safe extractor of the features that the hashing embedder counts: word stems, and the character n-grams of each
 * stem with a part of its weight. Words are the same as in lexical search, but in the default language of each script,
 * because the language of a short text cannot be determined and equal words must have equal features.
 */
final class FeatureExtractor implements AutoCloseable {
    private static final int NGRAM = 4;
    /** The total weight of a word's n-grams, relative to a weight of 1 for the word. */
    private static final double NGRAMS_WEIGHT = 0.3;

    private static final char START = '<';
    private static final char END = '>';

    private static final int WORD_SEED = 0x9747b28c;
    private static final int NGRAM_SEED = 0x1b873593;

    private final TextAnalyzer analyzer = TextAnalyzer.ofUsualLanguages();

    /** Returns the features of a text. */
    FeatureCounts of(String text) {
        FeatureCounts features = new FeatureCounts();
        try (TokenStream tokens = analyzer.words(analyzer.read(text))) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                addWord(term, features);
            }
            tokens.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot read a text in memory", impossible);
        }
        return features;
    }

    private static void addWord(CharTermAttribute stem, FeatureCounts features) {
        int length = stem.length();
        char[] letters = stem.buffer();
        byte[] marked = new byte[length + 2]; // n-grams at the start or end of a word differ from inner ones
        marked[0] = START;
        for (int i = 0; i < length; i++) {
            if (letters[i] >= 0x80) {
                addWord(stem.toString(), features);
                return;
            }
            marked[i + 1] = (byte) letters[i];
        }
        marked[length + 1] = END;
        features.add(StringHelper.murmurhash3_x86_32(marked, 1, length, WORD_SEED), 1);
        int ngrams = marked.length - NGRAM + 1;
        for (int i = 0; i < ngrams; i++) {
            int hash = StringHelper.murmurhash3_x86_32(marked, i, NGRAM, NGRAM_SEED);
            features.add(hash, NGRAMS_WEIGHT / ngrams);
        }
    }

    /** Adds a word with letters beyond ASCII, whose hashes are those of its UTF-8 form, too. */
    private static void addWord(String stem, FeatureCounts features) {
        features.add(hash(stem, WORD_SEED), 1);
        String marked = START + stem + END;
        int ngrams = marked.length() - NGRAM + 1;
        for (int i = 0; i < ngrams; i++) {
            features.add(hash(marked.substring(i, i + NGRAM), NGRAM_SEED), NGRAMS_WEIGHT / ngrams);
        }
    }

    private static int hash(String text, int seed) {
        return StringHelper.murmurhash3_x86_32(new BytesRef(text), seed);
    }

    @Override
    public void close() {
        analyzer.close();
    }
}
