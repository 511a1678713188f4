package dev.geotherm.engine;

import java.util.Arrays;
import java.util.function.Function;

/**
 * A limit of the tokens of a piece of text.
 *
 * @param most the maximum number of tokens in a piece; 0 for no limit
 * @param overlap the maximum number of tokens that a piece shares with the one before
 * @param starts returns where the tokens of a text start, in ascending order
 */
record TokenLimit(int most, int overlap, Function<String, int[]> starts) {
    /** No limit. */
    static final TokenLimit NONE = new TokenLimit(0, 0, text -> new int[0]);

    boolean isNone() {
        return most == 0;
    }

    /** Returns this limit without the tokens of a heading, but at least half of it. */
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

        /** Returns the offset up to which a piece that begins at an offset has at most a number of tokens. */
        int end(int from, int tokens) {
            long token = (long) lastAt(from) + tokens;
            return token >= starts.length ? length : starts[(int) token];
        }

        /** Returns the offset from which a piece that ends at an offset has at most a number of tokens. */
        int start(int to, int tokens) {
            int token = firstAt(to) - tokens;
            return token < 0 ? 0 : token >= starts.length ? length : starts[token];
        }

        /** Returns the last of the tokens that start at or before an offset; the first one of those with the same start. */
        private int lastAt(int offset) {
            int next = firstAt(offset);
            return next < starts.length && starts[next] == offset ? next : Math.max(0, next - 1);
        }

        /** Returns the first of the tokens that start at an offset or after it. */
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
