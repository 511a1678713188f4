package dev.geotherm.engine.corpus;

import dev.geotherm.batch.measure.TextLines;
import java.util.ArrayList;
import java.util.List;

/**
 * A checked line of a data file of WordNet. Its synset is built only on request, because the subset of WordNet contains one
 * synset of ten.
 *
 * @param part the part of speech: n, v, a or r
 * @param line the line
 * @param firstWord the start of its first word
 * @param words the number of its words
 * @param gloss its gloss, without blanks around it
 */
record SynsetLine(char part, String line, int firstWord, int words, String gloss) {
    private static final String SEPARATOR = " | ";
    private static final int OFFSET_DIGITS = 8;
    /** The cells before the words: offset, file, type, count. */
    private static final int LEADING_CELLS = 4;

    private static final List<String> MARKERS = List.of("(a)", "(p)", "(ip)");

    /** Returns the start of the first separator before a gloss at or behind an index, or -1. */
    static int separator(String line, int from) {
        int bar = line.indexOf('|', from + 1);
        while (bar >= 0 && !line.startsWith(SEPARATOR, bar - 1)) {
            bar = line.indexOf('|', bar + 1);
        }
        return bar < 0 ? -1 : bar - 1;
    }

    /** Checks a line that begins at an offset; {@code part} is n, v, a or r. */
    static SynsetLine of(TextLines lines, String line, char part, long offset) {
        int bar = separator(line, 0);
        int[] ends = new int[LEADING_CELLS];
        int start = 0;
        for (int cell = 0; cell < LEADING_CELLS; cell++) {
            ends[cell] = line.indexOf(' ', start);
            if (ends[cell] < 0 || ends[cell] >= bar) {
                throw lines.failure("is not a WordNet synset: 'offset file type count word id … | gloss' was expected");
            }
            start = ends[cell] + 1;
        }
        if (ends[0] != OFFSET_DIGITS || number(line, 0, OFFSET_DIGITS, 10) != offset) {
            throw lines.failure("has the offset '" + line.substring(0, ends[0]) + "', but begins at byte " + offset
                    + ": the file is damaged before it or here");
        }
        int count = ends[3] - ends[2] == 3 ? number(line, ends[2] + 1, ends[3], 16) : 0;
        if (count <= 0 || !hasSpaces(line, start, bar, 2 * count - 1)) {
            throw lines.failure("is not a WordNet synset: its words cannot be counted");
        }
        return new SynsetLine(part, line, start, count, line.substring(bar + 2).strip());
    }

    /** Parses digits, of which those above 9 are lower-case letters; returns -1 if a character is not a digit. */
    private static int number(String line, int from, int to, int radix) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = line.charAt(i);
            int digit = c >= '0' && c <= '9' ? c - '0' : radix > 10 && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (digit < 0) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }

    /** Returns whether a range of the line contains at least this number of spaces. */
    private static boolean hasSpaces(String line, int from, int to, int count) {
        int at = from;
        for (int found = 0; found < count; found++) {
            int space = line.indexOf(' ', at);
            if (space < 0 || space >= to) {
                return false;
            }
            at = space + 1;
        }
        return true;
    }

    /** Returns whether the synset has usage examples. */
    boolean hasExamples() {
        return example(0) >= 0;
    }

    /** Returns the start of the first example at or behind an index of the gloss, or -1. */
    private int example(int from) {
        int quote = gloss.indexOf('"', from);
        int end = quote < 0 ? -1 : gloss.indexOf('"', quote + 1);
        while (end >= 0) {
            if (isSetApart(quote)) {
                return quote;
            }
            quote = gloss.indexOf('"', end + 1);
            end = quote < 0 ? -1 : gloss.indexOf('"', quote + 1);
        }
        return -1;
    }

    /**
     * Returns whether a quotation mark begins an example, which follows a semicolon, a colon, another example or a remark in
     * brackets. Other quotation marks (the word "straw" is archaic) are part of the definition.
     */
    private boolean isSetApart(int quote) {
        int before = quote - 1;
        while (before >= 0 && gloss.charAt(before) == ' ') {
            before--;
        }
        return before >= 0 && ";:\")".indexOf(gloss.charAt(before)) >= 0;
    }

    /** Returns the synset; {@code source} is where it was read. */
    Synset synset(String source) {
        List<String> examples = new ArrayList<>();
        StringBuilder definition = new StringBuilder();
        int from = 0;
        for (int quote = example(0); quote >= 0; quote = example(from)) {
            int end = gloss.indexOf('"', quote + 1);
            definition.append(gloss, from, quote).append(';');
            examples.add(gloss.substring(quote + 1, end).strip());
            from = end + 1;
        }
        definition.append(gloss, from, gloss.length());
        String id = part + "-" + line.substring(0, OFFSET_DIGITS);
        return new Synset(id, joinedWords(), tidy(definition), List.copyOf(examples), source);
    }

    private String joinedWords() {
        List<String> all = new ArrayList<>(words);
        int start = firstWord;
        for (int i = 0; i < words; i++) {
            int end = line.indexOf(' ', start);
            all.add(unmarked(line.substring(start, end)).replace('_', ' '));
            start = line.indexOf(' ', end + 1) + 1; // behind its number
        }
        return String.join(", ", all);
    }

    /** Removes the marker of an adjective's position from a word. */
    private static String unmarked(String word) {
        if (word.endsWith(")")) {
            for (String marker : MARKERS) {
                if (word.endsWith(marker)) {
                    return word.substring(0, word.length() - marker.length());
                }
            }
        }
        return word;
    }

    /** Removes the remains of examples: separators and attributions. */
    private static String tidy(CharSequence rest) {
        List<String> parts = new ArrayList<>();
        for (String part : rest.toString().split(";")) {
            String text = part.strip();
            if (!text.isEmpty() && !text.startsWith("-")) {
                parts.add(
                        text.endsWith(":")
                                ? text.substring(0, text.length() - 1).strip()
                                : text);
            }
        }
        return String.join("; ", parts);
    }
}
