package dev.geotherm.openai;

import java.util.stream.IntStream;

/**
 * An estimate of the number of tokens of a text, which depends only on the text. It is high rather than low: English prose
 * has about 4 characters per token, estimated as 3. Each digit and punctuation mark counts as a token, and each character of
 * another script as 1 to 3 tokens.
 */
final class TokenEstimate {
    /** The number of tokens that a model adds at the beginning and the end. */
    private static final int MARKERS = 2;

    /** The tolerance for rounding errors in sums of thirds. */
    private static final double TOLERANCE = 1e-6;

    private TokenEstimate() {}

    /** Returns the estimate; at least 1. */
    static int of(String text) {
        double sum = MARKERS;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            sum += weight(codePoint);
            i += Character.charCount(codePoint);
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(sum));
    }

    /** Returns the starts of the tokens, without the begin and end markers. */
    static int[] starts(String text) {
        IntStream.Builder starts = IntStream.builder();
        double sum = 0;
        int begun = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            sum += weight(codePoint);
            for (; begun < sum - TOLERANCE; begun++) {
                starts.add(i);
            }
            i += Character.charCount(codePoint);
        }
        return starts.build().toArray();
    }

    /** Returns the longest prefix of a text with an estimate within a maximum; it has at least one character. */
    static String truncate(String text, int tokens) {
        double sum = MARKERS;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            sum += weight(codePoint);
            if (sum > tokens && i > 0) {
                return text.substring(0, i);
            }
            i += Character.charCount(codePoint);
        }
        return text;
    }

    private static double weight(int codePoint) {
        if (codePoint < 0x80) {
            return Character.isLetter(codePoint) || Character.isWhitespace(codePoint) ? 1.0 / 3 : 1;
        }
        return codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 1.5 : 3;
    }
}
