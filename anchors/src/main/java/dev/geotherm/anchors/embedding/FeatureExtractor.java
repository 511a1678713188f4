package dev.geotherm.anchors.embedding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/** Splits texts into what the hashing embedder counts: word stems, and pieces of these that carry part of the weight. */
final class FeatureExtractor implements AutoCloseable {
    private static final int PIECE = 4;
    /** What all pieces of a word weigh together, where the word weighs 1. */
    private static final double PIECES_WEIGHT = 0.3;

    private static final int WORD_SEED = 0x9747b28c;
    private static final int PIECE_SEED = 0x1b873593;

    private final Analyzer analyzer = new EnglishAnalyzer();

    /** One feature, by its hash alone. */
    record Feature(int hash) {}

    /** The features of one text, each with how often it occurs, in the order of the text. */
    static final class Counted {
        private final Map<Feature, Double> counts = new LinkedHashMap<>();

        void add(int hash, double weight) {
            counts.merge(new Feature(hash), weight, Double::sum);
        }

        /** Calls with each feature and its weight, which grows with the logarithm of its count. */
        void forEach(ObjDoubleConsumer<Feature> consumer) {
            counts.forEach((feature, count) -> consumer.accept(feature, Math.log1p(count)));
        }
    }

    Counted of(String text) {
        Counted counted = new Counted();
        String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
        try (TokenStream tokens = analyzer.tokenStream("text", normal)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                addWord(term.toString(), counted);
            }
            tokens.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading a text in memory failed", impossible);
        }
        return counted;
    }

    private static void addWord(String stem, Counted counted) {
        counted.add(hash(stem, WORD_SEED), 1);
        String marked = "<" + stem + ">"; // so that a piece knows whether it begins or ends the word
        int pieces = marked.length() - PIECE + 1;
        for (int i = 0; i < pieces; i++) {
            counted.add(hash(marked.substring(i, i + PIECE), PIECE_SEED), PIECES_WEIGHT / pieces);
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
