package dev.geotherm.anchors.scrub;

/**
 * The form of a text that rules search: as long as the text, with an ASCII character in place of each variant of a digit,
 * space, hyphen or sign. So an offset in one is an offset in the other, and patterns need ASCII separators only.
 */
final class SearchForm {
    private static final char FULL_WIDTH_FIRST = '\uff01';
    private static final char FULL_WIDTH_LAST = '\uff5e';
    private static final int FULL_WIDTH_OFFSET = FULL_WIDTH_FIRST - '!';

    private SearchForm() {}

    /** Returns the form of a text; the text itself if it has no variants. */
    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (ascii(text.charAt(i)) != text.charAt(i)) {
                return replaced(text, i);
            }
        }
        return text;
    }

    private static String replaced(String text, int first) {
        char[] form = text.toCharArray();
        for (int i = first; i < form.length; i++) {
            form[i] = ascii(form[i]);
        }
        return new String(form);
    }

    /** Invisible characters, such as soft hyphens, become hyphens: a number or an address may contain these anywhere. */
    private static char ascii(char c) {
        if (c < 0x80) {
            return c;
        }
        if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST) {
            return (char) (c - FULL_WIDTH_OFFSET);
        }
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER -> Character.forDigit(Character.digit(c, 10), 10);
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.DASH_PUNCTUATION, Character.FORMAT -> '-';
            default ->
                switch (c) {
                    case '\u2212' -> '-'; // minus sign
                    case '\ufe6b' -> '@'; // small form
                    case '\u2024', '\u3002', '\ufe52' -> '.'; // one dot leader, ideographic and small full stop
                    default -> c;
                };
        };
    }
}
