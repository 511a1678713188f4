package dev.geotherm.anchors.scrub;

/**
 * A finder of the possible starts of candidates in a text. Scanning for a digit or a sign costs a fraction of trying a
 * pattern at each character.
 */
@FunctionalInterface
interface Starts {
    int NONE = -1;

    /** Returns the first possible start at or after an index, or {@link #NONE}. */
    int next(String text, int from);

    /** Returns the first digit at or after an index that does not follow another digit, or {@link #NONE}. */
    static int digit(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (isDigit(text, i) && !isDigit(text, i - 1)) {
                return i;
            }
        }
        return NONE;
    }

    /** Returns the next two letters that are followed by a digit, directly or after one more character. */
    static int lettersBeforeDigit(String text, int from) {
        for (int digit = digit(text, from + 2); digit != NONE; digit = digit(text, digit + 1)) {
            int letters = isLetter(text, digit - 1) ? digit - 2 : digit - 3;
            if (letters >= from && isLetter(text, letters) && isLetter(text, letters + 1)) {
                return letters;
            }
        }
        return NONE;
    }

    static boolean isDigit(String text, int index) {
        return index >= 0 && index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static boolean isLetter(String text, int index) {
        return index >= 0 && Character.isLetter(text.charAt(index));
    }
}
