package dev.geotherm.engine;

import java.util.Arrays;
import java.util.function.Function;

/**
 * A limit on the number of tokens in a piece of text.
 *
 * @param most the maximum number of tokens in a piece; 0 for no limit
 * @param overlap the maximum number of tokens that a piece shares with the previous one
 * @param starts the function that returns the start offsets of a text's tokens, in ascending order
 */
record TokenLimit(int most, int overlap, Function<String, int[]> starts) {
    /** No limit. */
    static final TokenLimit NONE = new TokenLimit(0, 0, text -> new int[0]);

    boolean isNone() {
        return most == 0;
    }

    /** Returns this limit minus the tokens of a heading, but at least half of this limit. */
    TokenLimit without(String heading) {
        if (isNone() || heading.isBlank()) {
            return this;
        }
        int left = Math.max(most - starts.apply(heading).length, (most + 1) / 2);
        return new TokenLimit(left, Math.min(overlap, left / 2), starts);
    }

    /** Returns the tokens of a text. */
    Tokens of(String text) {
        return new Tokens(isNone() ? new int[0] : starts.apply(text), text.length());
    }

    /** The tokens of one text. */
    static final class Tokens {
        private final int[] starts;
        private final int length;

        private Tokens(int[] starts, int length) {
            this.starts = starts;
            this.length = length;
        }

        /** Returns the maximum end offset of a piece that begins at an offset and has at most a number of tokens. */
        int end(int from, int tokens) {
            long token = (long) lastAt(from) + tokens;
            return token >= starts.length ? length : starts[(int) token];
        }

        /** Returns the minimum start offset of a piece that ends at an offset and has at most a number of tokens. */
        int start(int to, int tokens) {
            int token = firstAt(to) - tokens;
            return token < 0 ? 0 : token >= starts.length ? length : starts[token];
        }

        /** Returns the last token that starts at or before an offset; of several with the same start, the first. */
        private int lastAt(int offset) {
            int next = firstAt(offset);
            return next < starts.length && starts[next] == offset ? next : Math.max(0, next - 1);
        }

        /** Returns the first token that starts at or after an offset. */
        private int firstAt(int offset) {
            int found = Arrays.binarySearch(starts, offset);
            if (found < 0) {
                return -found - 1;
            }
            while (found > 0 && starts[found - 1] == offset) {
                found--;
            }
            return found;
        }
    }
}
