package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.ScrubbedText;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A splitter of texts into pieces with a limited number of characters and, optionally, tokens. It splits between sentences
 * if possible, else between words, else between grapheme clusters, such as a letter with its combining marks or an emoji of
 * several code points. Fenced code and Markdown tables stay whole if they fit.
 *
 * <p>Without overlap, every character except white space is in exactly one piece; white space at the ends of pieces is
 * omitted. With overlap, a piece also begins with whole sentences or words from the end of the previous piece. Immutable and
 * thread-safe.
 *
 * @param maxCharacters the maximum number of {@code char}s in a piece; a letter with more marks is cut
 * @param overlap the maximum number of {@code char}s that a piece shares with the previous one; 0 if tokens are limited
 * @param tokens the limit of tokens; a letter with its marks stays in one piece even if it has more tokens
 */
record Splitter(int maxCharacters, int overlap, TokenLimit tokens) {
    /** An extended grapheme cluster. */
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    /** Joins several emoji into one. */
    private static final char JOINER = 0x200D;

    /** The minimum limit of characters, because a surrogate pair must fit. */
    private static final int LEAST = 2;

    /**
     * A part of a text.
     *
     * @param start the start offset in the (scrubbed) text
     * @param end the end offset in the text, exclusive
     * @param text the text of the part
     */
    record Piece(int start, int end, String text) {}

    /** Validates the limit. */
    Splitter {
        if (maxCharacters < LEAST) {
            throw new GeothermException("pieces must have at least " + LEAST + " characters, was " + maxCharacters);
        }
        if (overlap < 0 || overlap > maxCharacters - LEAST) {
            throw new GeothermException(
                    "an overlap must be from 0 to " + (maxCharacters - LEAST) + " characters, was " + overlap);
        }
    }

    /** Creates a splitter without an overlap. */
    Splitter(int maxCharacters) {
        this(maxCharacters, 0);
    }

    /** Creates a splitter without a limit of tokens. */
    Splitter(int maxCharacters, int overlap) {
        this(maxCharacters, overlap, TokenLimit.NONE);
    }

    /** Returns a splitter for texts after a heading, which counts as part of each piece. */
    Splitter behind(String heading) {
        return tokens.isNone() ? this : new Splitter(maxCharacters, overlap, tokens.without(heading));
    }

    /** Returns a description of the settings that the pieces depend on. */
    String description() {
        return "sentences, at most " + maxCharacters + " characters"
                + (overlap == 0 ? "" : ", " + overlap + " of them shared")
                + (tokens.isNone() ? "" : ", at most " + tokens.most() + " tokens with the title")
                + (tokens.overlap() == 0 ? "" : ", " + tokens.overlap() + " of them shared");
    }

    /**
     * Returns the pieces in order. A text without readable content has one empty piece, which keeps its document from being
     * lost.
     */
    List<Piece> split(String text) {
        return split(ScrubbedText.unchanged(text));
    }

    /** Returns the pieces of a scrubbed text like {@link #split(String)}, without cutting marks. */
    List<Piece> split(ScrubbedText scrubbed) {
        List<Piece> pieces = new Cutter(scrubbed).pieces();
        return pieces.isEmpty() ? List.of(new Piece(0, 0, "")) : pieces;
    }

    /** The splitting of one text. */
    private final class Cutter {
        private final ScrubbedText scrubbed;
        private final String text;
        private final List<TextBlocks.Block> blocks;
        private final TokenLimit.Tokens found;
        private final List<Piece> pieces = new ArrayList<>();
        private final IntStream.Builder sentenceEnds = IntStream.builder();

        private Cutter(ScrubbedText scrubbed) {
            this.scrubbed = scrubbed;
            this.text = scrubbed.text();
            this.found = tokens.of(text);
            this.blocks = TextBlocks.of(text).stream()
                    .filter(block -> block.end() <= reach(block.start()))
                    .toList();
        }

        /** Returns the maximum end offset of a piece that begins at an offset, not counting its overlap. */
        private int reach(int start) {
            return reach(start, maxCharacters - overlap, tokens.most() - tokens.overlap());
        }

        private int reach(int start, int characters, int ofTokens) {
            int reach = Math.min(text.length(), start + characters);
            return tokens.isNone() ? reach : Math.min(reach, found.end(start, ofTokens));
        }

        /** Returns the minimum start offset of a piece with its overlap. */
        private int overlapFrom(Piece piece) {
            return tokens.isNone()
                    ? piece.start() - overlap
                    : Math.max(piece.end() - maxCharacters, found.start(piece.start(), tokens.overlap()));
        }

        private List<Piece> pieces() {
            int start = firstInk(0, text.length());
            if (lastInk(start, text.length()) <= reach(start, maxCharacters, tokens.most())) {
                add(start, text.length());
                return pieces;
            }
            Borders borders = new Borders(text, blocks, start);
            int end = start; // of the sentences that fit into the piece that begins at start
            for (int next = borders.next(); next >= 0; next = borders.next()) {
                if (!mayCut(next)) {
                    continue;
                }
                sentenceEnds.add(next);
                if (lastInk(start, next) > reach(start)) {
                    if (end > start) {
                        add(start, end);
                        start = firstInk(end, text.length());
                    }
                    start = cutLong(start, next);
                }
                end = next;
            }
            add(start, text.length());
            return overlap + tokens.overlap() == 0 ? pieces : overlapping();
        }

        /** Begins each piece with the last sentences, or the last words, of the previous piece. */
        private List<Piece> overlapping() {
            int[] sentences = sentenceEnds.build().toArray();
            List<Piece> longer = new ArrayList<>(pieces.size());
            int before = 0;
            for (Piece piece : pieces) {
                int start = overlapStart(Math.max(before, overlapFrom(piece)), piece.start(), sentences);
                longer.add(new Piece(start, piece.end(), text.substring(start, piece.end())));
                before = piece.start() + 1; // a piece must not be entirely in the next one
            }
            return longer;
        }

        private int overlapStart(int lowest, int start, int[] sentences) {
            int at = Arrays.binarySearch(sentences, lowest);
            for (int i = at < 0 ? -at - 1 : at; i < sentences.length && sentences[i] < start; i++) {
                int sentence = firstInk(sentences[i], start);
                if (sentence < start) {
                    return sentence;
                }
            }
            for (int word = lowest; word < start; word++) {
                if (word > 0 && isBlank(word - 1) && !isBlank(word) && mayCut(word)) {
                    return word;
                }
            }
            return start;
        }

        /** Splits pieces off a single sentence until the rest fits, and returns the start of the rest. */
        private int cutLong(int from, int to) {
            int start = from;
            int end = lastInk(start, to);
            while (end > reach(start)) {
                int cut = cut(start);
                add(start, cut);
                start = firstInk(cut, text.length());
            }
            return start;
        }

        /** Returns the best end of a piece that begins at {@code start}, where the remaining text does not fit. */
        private int cut(int start) {
            int limit = reach(start);
            for (int cut = limit; cut > start; cut--) {
                if (isBlank(cut)) {
                    return cut;
                }
            }
            int best = start;
            // One more code point suffices to detect whether the limit is between two clusters.
            Matcher clusters = CLUSTER.matcher(text).region(start, Math.min(text.length(), limit + 2));
            while (clusters.find() && clusters.end() <= limit) {
                best = mayCut(clusters.end()) ? clusters.end() : best;
            }
            if (best > start) {
                return best;
            }
            int hard = start + maxCharacters - overlap;
            if (limit < hard) {
                return characterEnd(start, hard); // a single character has too many tokens
            }
            return cutCharacter(hard);
        }

        /** Returns the end of the cluster at an offset, or the last possible cut if the cluster is too long. */
        private int characterEnd(int start, int hard) {
            Matcher clusters = CLUSTER.matcher(text).region(start, Math.min(text.length(), hard + 2));
            while (clusters.find() && clusters.end() <= hard) {
                if (mayCut(clusters.end())) {
                    return clusters.end();
                }
            }
            return hard >= text.length() ? text.length() : cutCharacter(hard);
        }

        private int cutCharacter(int limit) {
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

        /**
         * Returns whether there is white space without a mark at an offset. In Unicode, a mark on a space represents the
         * mark alone.
         */
        private boolean isBlank(int at) {
            return Character.isWhitespace(text.charAt(at)) && mayCut(at + 1);
        }

        private boolean mayCut(int at) {
            return at >= text.length() || (!continues(at) && !scrubbed.isInsideMark(at));
        }

        /** Returns whether the character at an offset belongs to the previous one: a mark, or a part of an emoji. */
        private boolean continues(int at) {
            int letter = text.codePointAt(at);
            return isMark(letter)
                    || letter == JOINER
                    || (at > 0 && text.charAt(at - 1) == JOINER)
                    || (letter >= 0x1F3FB && letter <= 0x1F3FF); // skin tones
        }
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** The ends of sentences outside blocks, and the starts and ends of blocks, in order. Not thread-safe. */
    private static final class Borders {
        private final BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        private final Iterator<TextBlocks.Block> blocks;
        private TextBlocks.@Nullable Block block;
        private int sentence;
        private int last;

        Borders(String text, List<TextBlocks.Block> all, int start) {
            sentences.setText(text);
            sentence = sentences.following(start);
            blocks = all.iterator();
            last = start;
            block = blocks.hasNext() ? blocks.next() : null;
        }

        /** Returns the next border, or -1 after the last one. */
        int next() {
            while (true) {
                TextBlocks.Block current = block;
                boolean ofBlock = current != null && (sentence == BreakIterator.DONE || sentence >= current.start());
                int border;
                if (current != null && ofBlock) {
                    border = last < current.start() ? current.start() : current.end();
                    if (border == current.end()) {
                        block = blocks.hasNext() ? blocks.next() : null;
                        while (sentence != BreakIterator.DONE && sentence <= border) {
                            sentence = sentences.next();
                        }
                    }
                } else if (sentence == BreakIterator.DONE) {
                    return -1;
                } else {
                    border = sentence;
                    sentence = sentences.next();
                }
                if (border > last) {
                    last = border;
                    return border;
                }
            }
        }
    }
}
