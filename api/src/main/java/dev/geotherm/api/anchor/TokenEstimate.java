package dev.geotherm.api.anchor;

import java.util.Arrays;

/** The default estimate of {@link Embedder#tokenStarts}. */
final class TokenEstimate {
    private static final int LETTERS = 4;

    private TokenEstimate() {}

    static int[] starts(String text) {
        int[] starts = new int[text.length()];
        int count = 0;
        int letters = 0; // of the word so far
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            boolean letter = Character.isLetterOrDigit(codePoint) && !isWordOfItsOwn(codePoint);
            if (letter) {
                if (letters++ % LETTERS == 0) {
                    starts[count++] = at;
                }
            } else if (!isMark(codePoint)) {
                letters = 0;
                if (!Character.isWhitespace(codePoint) && !Character.isSpaceChar(codePoint)) {
                    starts[count++] = at;
                }
            }
            at += Character.charCount(codePoint);
        }
        return Arrays.copyOf(starts, count);
    }

    private static boolean isWordOfItsOwn(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
            default -> false;
        };
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.FORMAT -> true;
            default -> false;
        };
    }
}
