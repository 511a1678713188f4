package dev.geotherm.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Utilities for text on a terminal: its width in columns, and safe forms without control characters. */
public final class TerminalText {
    /** The first and last code points of ranges that take two columns: East Asian wide and full-width, and emoji. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23EC, 0x2E80, 0x303E, 0x3041, 0x33FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF,
        0xA000, 0xA4CF, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6,
        0x1F004, 0x1F004, 0x1F18E, 0x1F19A, 0x1F200, 0x1F320, 0x1F32D, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F7E0, 0x1F7EB,
        0x1F90C, 0x1F9FF, 0x1FA70, 0x1FAFF, 0x20000, 0x3FFFD
    };

    /** A grapheme cluster, such as a letter with its marks, a flag or an emoji sequence. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private TerminalText() {}

    /** Returns the width of a text in columns; combining marks take none. */
    public static int width(String text) {
        return text.codePoints().map(TerminalText::width).sum();
    }

    private static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int i = 0; i < WIDE.length && point >= WIDE[i]; i += 2) {
            if (point <= WIDE[i + 1]) {
                return 2;
            }
        }
        return 1;
    }

    /**
     * Returns a single-line text in which control characters, unpaired surrogates and bidirectional formatting
     * characters are escaped.
     */
    public static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isControl(point)) {
                safe.append(String.format("\\u%04x", point));
            } else {
                safe.appendCodePoint(point);
            }
        });
        return safe.toString();
    }

    /**
     * Returns equivalent JSON that cannot control a terminal. Outside its strings, JSON has no control characters except
     * line feeds.
     */
    public static String safeJson(String json) {
        return json.lines().map(TerminalText::safe).collect(Collectors.joining("\n"));
    }

    /** Returns whether a character can control a terminal, end a line, or change the direction of writing. */
    static boolean isControl(int point) {
        return Character.isISOControl(point)
                || Character.getType(point) == Character.SURROGATE
                || point == 0x2028
                || point == 0x2029
                || point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }

    /** Returns a text padded with spaces to the given width, or the text itself if it is wider. */
    public static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /** Returns a text of at most the given number of columns; a longer one is cut, with {@code ...} in the middle. */
    public static String cutMiddle(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        int tail = Math.max(0, columns - 3) / 2;
        int start = text.length();
        for (int used = 0; start > 0; ) {
            int point = text.codePointBefore(start);
            used += width(point);
            if (used > tail) {
                break;
            }
            start -= Character.charCount(point);
        }
        return cut(text, columns - width(text.substring(start))) + text.substring(start);
    }

    /** Returns a text of at most the given number of columns; a longer one is cut and ends with {@code ...}. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int used = 3;
        Matcher characters = CHARACTER.matcher(text);
        while (characters.find()) {
            used += width(characters.group());
            if (used > columns) {
                break;
            }
            cut.append(characters.group());
        }
        return cut + "...";
    }

    /** Returns the lines of a text wrapped between words; a word wider than a line has its own line. */
    public static List<String> wrapped(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
