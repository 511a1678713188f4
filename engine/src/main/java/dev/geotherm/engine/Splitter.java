package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.ScrubbedText;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A splitter of texts into pieces of limited length: between sentences if possible, otherwise between words, otherwise
 * between characters as a reader counts them: a letter with its combining marks, an emoji of several code points.
 *
 * <p>Every character that is not white space is in exactly one piece; white space at the ends of pieces is left out.
 * Immutable and safe for use by several threads.
 *
 * @param maxCharacters the most {@code char}s in a piece; a letter with more marks than that is cut all the same
 */
record Splitter(int maxCharacters) {
    /** Keeps the abstracts of usual test collections whole: nine in ten of Cranfield's are under 1,748 characters. */
    static final int DEFAULT_MAX_CHARACTERS = 2_000;

    /** An extended grapheme cluster. */
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    /** A surrogate pair must fit. */
    private static final int LEAST = 2;

    /**
     * A part of a text.
     *
     * @param start its start offset in the (scrubbed) text
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

    /** Returns the pieces in order; one empty piece for a text without anything to read, so that it is not lost. */
    List<Piece> split(String text) {
        return split(ScrubbedText.unchanged(text));
    }

    /** Returns the pieces of a scrubbed text, as {@link #split(String)} does; no mark is cut. */
    List<Piece> split(ScrubbedText scrubbed) {
        List<Piece> pieces = new Cutter(scrubbed).pieces();
        return pieces.isEmpty() ? List.of(new Piece(0, 0, "")) : pieces;
    }

    /** The splitting of one text. */
    private final class Cutter {
        private final ScrubbedText scrubbed;
        private final String text;
        private final List<Piece> pieces = new ArrayList<>();

        private Cutter(ScrubbedText scrubbed) {
            this.scrubbed = scrubbed;
            this.text = scrubbed.text();
        }

        private List<Piece> pieces() {
            int start = firstInk(0, text.length());
            if (lastInk(start, text.length()) - start <= maxCharacters) {
                add(start, text.length());
                return pieces;
            }
            BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
            sentences.setText(text);
            int end = start; // of the sentences that fit into the piece which begins at start
            for (int next = sentences.following(start); next != BreakIterator.DONE; next = sentences.next()) {
                if (!mayCut(next)) {
                    continue;
                }
                if (lastInk(start, next) - start > maxCharacters) {
                    if (end > start) {
                        add(start, end);
                        start = firstInk(end, text.length());
                    }
                    start = cutLong(start, next);
                }
                end = next;
            }
            add(start, text.length());
            return pieces;
        }

        /** Splits pieces off a single sentence until the rest fits; returns the start of the rest. */
        private int cutLong(int from, int to) {
            int start = from;
            int end = lastInk(start, to);
            while (end - start > maxCharacters) {
                int cut = cut(start);
                add(start, cut);
                start = firstInk(cut, text.length());
            }
            return start;
        }

        /** Returns the best end of a piece that begins at {@code start} and is followed by more text than fits. */
        private int cut(int start) {
            int limit = start + maxCharacters;
            for (int cut = limit; cut > start; cut--) {
                if (isBlank(cut)) {
                    return cut;
                }
            }
            int best = start;
            // The next code point is enough to see whether the limit is between two clusters.
            Matcher clusters = CLUSTER.matcher(text).region(start, Math.min(text.length(), limit + 2));
            while (clusters.find() && clusters.end() <= limit) {
                best = mayCut(clusters.end()) ? clusters.end() : best;
            }
            if (best > start) {
                return best;
            }
            return Character.isSurrogatePair(text.charAt(limit - 1), text.charAt(limit)) ? limit - 1 : limit;
        }

        private void add(int from, int to) {
            int start = firstInk(from, to);
            int end = lastInk(start, to);
            if (end > start) {
                pieces.add(new Piece(start, end, text.substring(start, end)));
            }
        }

        private int firstInk(int from, int to) {
            int at = from;
            while (at < to && isBlank(at)) {
                at++;
            }
            return at;
        }

        private int lastInk(int from, int to) {
            int at = to;
            while (at > from && isBlank(at - 1)) {
                at--;
            }
            return at;
        }

        /** White space, unless it carries a mark: a mark on a space is how Unicode writes a mark alone. */
        private boolean isBlank(int at) {
            return Character.isWhitespace(text.charAt(at)) && mayCut(at + 1);
        }

        private boolean mayCut(int at) {
            return at >= text.length() || (!isMark(text.codePointAt(at)) && !scrubbed.isInsideMark(at));
        }
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }
}
