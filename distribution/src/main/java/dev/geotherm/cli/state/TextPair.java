package dev.geotherm.cli.state;

import dev.geotherm.cli.terminal.TerminalText;

/**
 * Two different texts, cut to the text around the first difference if they do not fit the columns.
 *
 * @param before the earlier text
 * @param after the later text
 */
record TextPair(String before, String after) {
    private static final String MORE = "...";
    private static final int LEAST = 12;

    /** Returns the two texts for one line of at most the given number of columns. */
    static TextPair within(String before, String after, int columns) {
        int half = Math.max(LEAST, columns / 2);
        int first = TerminalText.width(before);
        int second = TerminalText.width(after);
        if (first + second <= columns) {
            return new TextPair(before, after);
        }
        // Columns that one text does not need go to the other.
        int forFirst = Math.max(half, columns - second);
        int forSecond = Math.max(half, columns - first);
        int head = head(before, after);
        return new TextPair(
                around(before, head, Math.min(forFirst, columns - LEAST)),
                around(after, head, Math.min(forSecond, columns - LEAST)));
    }

    /** Returns the index of the first difference. */
    private static int head(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int head = 0;
        while (head < shorter && a.charAt(head) == b.charAt(head)) {
            head++;
        }
        return head > 0 && Character.isHighSurrogate(a.charAt(head - 1)) ? head - 1 : head;
    }

    /** Returns a part of a text that begins shortly before an index. */
    private static String around(String text, int index, int columns) {
        if (TerminalText.width(text) <= columns) {
            return text;
        }
        int context = Math.max(0, columns / 3 - MORE.length());
        int start = index;
        int used = 0;
        while (start > 0 && used < context) {
            start -= Character.charCount(text.codePointBefore(start));
            used++;
        }
        // Near the end of a text, show more of the text before the difference.
        int room = columns - MORE.length();
        while (start > 0 && TerminalText.width(text.substring(start)) < room) {
            int next = start - Character.charCount(text.codePointBefore(start));
            if (TerminalText.width(text.substring(next)) > room) {
                break;
            }
            start = next;
        }
        return start <= MORE.length()
                ? TerminalText.cut(text, columns)
                : MORE + TerminalText.cut(text.substring(start), room);
    }
}
