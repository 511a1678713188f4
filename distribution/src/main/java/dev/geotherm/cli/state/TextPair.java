package dev.geotherm.cli.state;

import dev.geotherm.cli.terminal.TerminalText;

/**
 * Two texts that differ, each within a number of columns: whole where they fit, else the surroundings of the difference.
 *
 * @param before the earlier text
 * @param after the later one
 */
record TextPair(String before, String after) {
    private static final String MORE = "...";
    private static final int LEAST = 12;

    /** Returns the two texts on one line, in so many columns at most. */
    static TextPair within(String before, String after, int columns) {
        int half = Math.max(LEAST, columns / 2);
        int first = TerminalText.width(before);
        int second = TerminalText.width(after);
        if (first + second <= columns) {
            return new TextPair(before, after);
        }
        // What one does not need the other gets.
        int forFirst = Math.max(half, columns - second);
        int forSecond = Math.max(half, columns - first);
        int head = head(before, after);
        return new TextPair(
                around(before, head, Math.min(forFirst, columns - LEAST)),
                around(after, head, Math.min(forSecond, columns - LEAST)));
    }

    /** Returns where two texts begin to differ. */
    private static int head(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int head = 0;
        while (head < shorter && a.charAt(head) == b.charAt(head)) {
            head++;
        }
        return head > 0 && Character.isHighSurrogate(a.charAt(head - 1)) ? head - 1 : head;
    }

    /** Returns a piece of a text that begins a little before an index. */
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
        // Near its end, a text shows more of what comes before the difference.
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
