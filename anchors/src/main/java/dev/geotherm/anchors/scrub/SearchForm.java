package dev.geotherm.anchors.scrub;

import org.jspecify.annotations.Nullable;

/**
 * The form of a text that rules search. An ASCII character replaces each variant of a digit, space, hyphen or sign, so
 * patterns only need ASCII separators.
 *
 * <p>Invisible characters, such as soft hyphens and joiners, can be anywhere. The {@linkplain #joined joined} form omits
 * them, because a reader does not see them. Some of them separate two items, so the {@linkplain #separated separated} form
 * replaces those between digits, or between digits and letters, with a space or hyphen.
 */
final class SearchForm {
    private static final char FULL_WIDTH_FIRST = '\uff01';
    private static final char FULL_WIDTH_LAST = '\uff5e';
    private static final int FULL_WIDTH_OFFSET = FULL_WIDTH_FIRST - '!';
    private static final char SOFT_HYPHEN = '\u00ad';
    private static final int LONGEST_PART = 3; // the maximum number of digits between two dots

    private final String original;
    private final String text;
    private final int @Nullable [] offsets; // of the characters in the original; null if unchanged

    private SearchForm(String original, String text, int @Nullable [] offsets) {
        this.original = original;
        this.text = text;
        this.offsets = offsets;
    }

    /** Returns the form without invisible characters. */
    static SearchForm joined(String text) {
        if (!hasVariants(text)) {
            return new SearchForm(text, text, null);
        }
        StringBuilder form = new StringBuilder(text.length());
        int[] offsets = new int[text.length()];
        for (int i = 0, next; i < text.length(); i = next) {
            int c = text.codePointAt(i);
            next = i + Character.charCount(c);
            int first = form.length();
            if (!isInvisible(c)) {
                form.appendCodePoint(ascii(c));
            }
            for (int j = first; j < form.length(); j++) {
                offsets[j] = i + j - first;
            }
        }
        return new SearchForm(text, form.toString(), form.length() == text.length() ? null : offsets);
    }

    /** Returns the form with a space or hyphen instead of invisible characters beside a digit. */
    static SearchForm separated(String text) {
        SearchForm joined = joined(text);
        if (joined.isWhole()) {
            return joined;
        }
        StringBuilder form = new StringBuilder(text.length());
        int[] offsets = new int[text.length()];
        for (int i = 0; i < joined.text.length(); i++) {
            if (i > 0 && joined.end(i) < joined.start(i) && separates(joined.text, i)) {
                offsets[form.length()] = joined.end(i);
                form.append(text.charAt(joined.end(i)) == SOFT_HYPHEN ? '-' : ' ');
            }
            offsets[form.length()] = joined.start(i);
            form.append(joined.text.charAt(i));
        }
        return new SearchForm(text, form.toString(), offsets);
    }

    /** Returns whether invisible characters at an index may separate two items. */
    private static boolean separates(String joined, int index) {
        boolean digitBefore = Starts.isDigit(joined, index - 1);
        boolean digitBehind = Starts.isDigit(joined, index);
        if (digitBefore && digitBehind) {
            return !isDotted(joined, index);
        }
        return (digitBefore && Character.isLetter(joined.charAt(index)))
                || (digitBehind && Character.isLetter(joined.charAt(index - 1)));
    }

    /** Returns whether the digits around an index are part of a dotted number, such as a version. */
    private static boolean isDotted(String joined, int index) {
        int first = index;
        while (index - first < LONGEST_PART && Starts.isDigit(joined, first - 1)) {
            first--;
        }
        int last = index;
        while (last - index < LONGEST_PART && Starts.isDigit(joined, last)) {
            last++;
        }
        return (first > 0 && joined.charAt(first - 1) == '.')
                || (Starts.isDigit(joined, last + 1) && joined.charAt(last) == '.');
    }

    private static boolean hasVariants(String text) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i); // inside a surrogate pair, this is the low surrogate, which is not a variant
            if (isInvisible(c) || ascii(c) != c) {
                return true;
            }
        }
        return false;
    }

    String text() {
        return text;
    }

    /** Returns whether no character was omitted; then the joined and separated forms are equal. */
    boolean isWhole() {
        return offsets == null;
    }

    /** Returns the start in the original of an item that starts at an index. */
    int start(int start) {
        return offsets == null ? start : offsets[start];
    }

    /** Returns the end in the original of an item that ends at an index. */
    int end(int end) {
        return offsets == null ? end : offsets[end - 1] + Character.charCount(original.codePointAt(offsets[end - 1]));
    }

    /** Returns whether a character has no glyph: Unicode's default ignorable code points, and control characters. */
    private static boolean isInvisible(int c) {
        if (c >= ' ' && c < 0x7f) {
            return false;
        }
        return Character.isIdentifierIgnorable(c) // controls and format characters
                || (c >= 0xfe00 && c <= 0xfe0f) // variation selectors
                || (c >= 0xe0000 && c <= 0xe0fff) // tags and more variation selectors
                || (c >= 0x180b && c <= 0x180f) // Mongolian variation selectors
                || c == 0x034f // combining grapheme joiner
                || c == 0x115f // Hangul fillers
                || c == 0x1160
                || c == 0x3164
                || c == 0xffa0
                || c == 0x17b4 // Khmer inherent vowels
                || c == 0x17b5;
    }

    private static int ascii(int c) {
        if (c < 0x80) {
            return c;
        }
        if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST) {
            return c - FULL_WIDTH_OFFSET;
        }
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER -> Character.forDigit(Character.digit(c, 10), 10);
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.DASH_PUNCTUATION -> '-';
            default ->
                switch (c) {
                    case 0x2212 -> '-'; // minus sign
                    case 0xfe6b -> '@'; // small form
                    case 0x2024, 0x3002, 0xfe52 -> '.'; // one dot leader, ideographic and small full stop
                    default -> c;
                };
        };
    }
}
