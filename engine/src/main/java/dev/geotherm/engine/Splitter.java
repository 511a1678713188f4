package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A splitter of texts into pieces of limited length: between sentences if possible, otherwise between words, otherwise
 * between characters, but never inside a surrogate pair or between a letter and its combining marks.
 *
 * <p>Every character that is not white space is in exactly one piece; white space at the ends of pieces is dropped.
 * Immutable and safe for use by several threads.
 *
 * @param maxCharacters the maximum number of {@code char}s in a piece; a letter with more marks than that is split
 *     nevertheless
 */
record Splitter(int maxCharacters) {
    /**
     * Keeps most abstracts of the usual test collections whole: 90 % of Cranfield's have fewer than 1,748 characters.
     */
    static final int DEFAULT_MAX_CHARACTERS = 2_000;

    /** A surrogate pair must fit. */
    private static final int LEAST = 2;

    /**
     * A part of a text.
     *
     * @param start its start offset in the text
     * @param end its end offset in the text, exclusive
     * @param text the part itself
     */
    record Piece(int start, int end, String text) {}

    /** Checks the limit. */
    Splitter {
        if (maxCharacters < LEAST) {
            throw new GeothermException("pieces must have at least " + LEAST + " characters, was " + maxCharacters);
        }
    }

    /** Creates a splitter with the default limit. */
    Splitter() {
        this(DEFAULT_MAX_CHARACTERS);
    }

    /** Returns the pieces in order; a blank text has one empty piece, so that it is not lost. */
    List<Piece> split(String text) {
        int start = firstInk(text, 0, text.length());
        if (start == text.length()) {
            return List.of(new Piece(0, 0, ""));
        }
        List<Piece> pieces = new ArrayList<>();
        if (lastInk(text, start, text.length()) - start <= maxCharacters) {
            add(pieces, text, start, text.length());
            return pieces;
        }
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        int end = start; // of the sentences that fit into the piece that begins at start
        for (int next = sentences.following(start); next != BreakIterator.DONE; next = sentences.next()) {
            if (!mayCut(text, next)) {
                continue;
            }
            if (lastInk(text, start, next) - start > maxCharacters) {
                if (end > start) {
                    add(pieces, text, start, end);
                    start = firstInk(text, end, text.length());
                }
                start = cutLong(pieces, text, start, next);
            }
            end = next;
        }
        add(pieces, text, start, text.length());
        return pieces;
    }

    /** Splits pieces off a single sentence until the rest fits; returns the start of the rest. */
    private int cutLong(List<Piece> pieces, String text, int from, int to) {
        int start = from;
        int end = lastInk(text, start, to);
        while (end - start > maxCharacters) {
            int cut = cut(text, start);
            add(pieces, text, start, cut);
            start = firstInk(text, cut, text.length());
        }
        return start;
    }

    /** Returns the best end of a piece that begins at {@code start} and is followed by more text than fits. */
    private int cut(String text, int start) {
        int limit = start + maxCharacters;
        for (int cut = limit; cut > start; cut--) {
            if (isBlank(text, cut)) {
                return cut;
            }
        }
        // A window suffices: whether its last boundary is valid depends only on the next character.
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text.substring(start, Math.min(text.length(), limit + 2)));
        for (int cut = characters.preceding(maxCharacters + 1); cut > 0; cut = characters.previous()) {
            if (mayCut(text, start + cut)) {
                return start + cut;
            }
        }
        return Character.isSurrogatePair(text.charAt(limit - 1), text.charAt(limit)) ? limit - 1 : limit;
    }

    private static void add(List<Piece> pieces, String text, int from, int to) {
        int start = firstInk(text, from, to);
        int end = lastInk(text, start, to);
        if (end > start) {
            pieces.add(new Piece(start, end, text.substring(start, end)));
        }
    }

    private static int firstInk(String text, int from, int to) {
        int at = from;
        while (at < to && isBlank(text, at)) {
            at++;
        }
        return at;
    }

    private static int lastInk(String text, int from, int to) {
        int at = to;
        while (at > from && isBlank(text, at - 1)) {
            at--;
        }
        return at;
    }

    /**
     * Returns whether a character is white space without a combining mark: Unicode represents an isolated mark as a
     * space with a mark.
     */
    static boolean isBlank(String text, int at) {
        return Character.isWhitespace(text.charAt(at)) && mayCut(text, at + 1);
    }

    private static boolean mayCut(String text, int at) {
        return at >= text.length() || !isMark(text.codePointAt(at));
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }
}
