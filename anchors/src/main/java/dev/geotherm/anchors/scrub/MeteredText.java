package dev.geotherm.anchors.scrub;

/**
 * A text for the rules of extensions that limits the number of reads in proportion to its length. It ends the search of a
 * pattern with unbounded backtracking. The limit is a number of reads instead of a time, so the same texts are refused on
 * every machine. Not thread-safe.
 */
final class MeteredText implements CharSequence {
    private static final long READS_PER_CHARACTER = 200;
    private static final long FREE_READS = 100_000;

    private final String text;
    private long left;

    MeteredText(String text) {
        this.text = text;
        left = FREE_READS + READS_PER_CHARACTER * text.length();
    }

    /** Thrown in a rule that exceeds the limit. */
    static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExhaustedException() {
            super("the search reads too much", null, false, false);
        }
    }

    /** Returns whether the limit was exceeded. */
    boolean isExhausted() {
        return left < 0;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new ExhaustedException();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
