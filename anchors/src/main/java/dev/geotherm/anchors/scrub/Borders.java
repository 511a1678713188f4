package dev.geotherm.anchors.scrub;

/** The separators within an item of personal data, and the borders between an item and the surrounding text. */
final class Borders {
    /**
     * The pattern of a line break within an item, including soft line breaks of quoted-printable text, and the quote signs
     * of mail at the start of the next line.
     */
    static final String BREAK = "[ \\t]{0,2}+=?\\r?\\n(?:[>|] ?+){0,5}+[ \\t]{0,8}+";

    private static final int SHORTEST_WORD = 2;
    private static final int LONGEST_WORD = 16;
    private static final int LONGEST_LINE = 100;

    private Borders() {}

    /**
     * Returns whether an item can begin at an index: after a character other than a letter or digit, or directly after a
     * word of letters, as in {@code card4111}. Letters that follow other digits belong to an identifier.
     */
    static boolean canBegin(String text, int start) {
        int word = start;
        while (word > 0 && start - word <= LONGEST_WORD && Character.isLetter(text.charAt(word - 1))) {
            word--;
        }
        return (word == start || isWord(start - word))
                && (word == 0 || !Character.isLetterOrDigit(text.charAt(word - 1)));
    }

    /** Returns whether an item can end before an index; the mirror image of {@link #canBegin}. */
    static boolean canEnd(String text, int end) {
        int word = end;
        while (word < text.length() && word - end <= LONGEST_WORD && Character.isLetter(text.charAt(word))) {
            word++;
        }
        return (word == end || isWord(word - end))
                && (word == text.length() || !Character.isLetterOrDigit(text.charAt(word)));
    }

    /** Returns whether a letter is before the start, or after the end, of an item on the same line. */
    static boolean hasWordBeside(String text, int start, int end) {
        for (int i = start - 1; i >= 0 && start - i < LONGEST_LINE && text.charAt(i) != '\n'; i--) {
            if (Character.isLetter(text.charAt(i))) {
                return true;
            }
        }
        for (int i = end; i < text.length() && i - end < LONGEST_LINE && text.charAt(i) != '\n'; i++) {
            if (Character.isLetter(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(int letters) {
        return letters >= SHORTEST_WORD && letters <= LONGEST_WORD;
    }
}
