package dev.geotherm.engine.corpus;

import dev.geotherm.batch.measure.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set of synonyms (synset) in WordNet: words with a common meaning, its definition, and usage examples.
 *
 * <p>Format: WordNet's manual page wndb(5WN). A line is {@code offset file type count(hexadecimal) {word id}* … | gloss},
 * and the gloss is {@code definition; "example"; "example"}.
 */
record Synset(String id, String words, String definition, List<String> examples, String source) {
    /** The separator before the gloss. */
    static final String GLOSS = " | ";

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private static final Pattern MARKER = Pattern.compile("\\((a|p|ip)\\)$");

    private static final Pattern OFFSET = Pattern.compile("[0-9]{8}");

    private static final Pattern COUNT = Pattern.compile("[0-9a-f]{2}");

    /** Parses a line of a data file that begins at an offset; {@code part} is n, v, a or r. */
    static Synset parse(TextLines lines, String line, char part, long offset) {
        int bar = line.indexOf(GLOSS);
        String[] cells = line.substring(0, Math.max(bar, 0)).split(" ", 5);
        if (cells.length < 5) {
            throw lines.failure("is not a WordNet synset: 'offset file type count word id … | gloss' was expected");
        }
        if (!OFFSET.matcher(cells[0]).matches() || Long.parseLong(cells[0]) != offset) {
            throw lines.failure("has the offset '" + cells[0] + "', but begins at byte " + offset
                    + ": the file is damaged before it or here");
        }
        String gloss = line.substring(bar + 2).strip();
        List<String> examples = new ArrayList<>();
        StringBuilder definition = new StringBuilder();
        int from = 0;
        Matcher quoted = QUOTED.matcher(gloss);
        while (quoted.find()) {
            if (isSetApart(gloss, quoted.start())) {
                definition.append(gloss, from, quoted.start()).append(';');
                examples.add(quoted.group(1).strip());
                from = quoted.end();
            }
        }
        definition.append(gloss, from, gloss.length());
        return new Synset(
                part + "-" + cells[0], words(lines, cells), tidy(definition), List.copyOf(examples), lines.where());
    }

    /**
     * Returns whether a quotation mark begins an example, which follows a semicolon, a colon, another example or a remark in
     * brackets. Other quotation marks (the word "straw" is archaic) are part of the definition.
     */
    private static boolean isSetApart(String gloss, int quote) {
        int before = quote - 1;
        while (before >= 0 && gloss.charAt(before) == ' ') {
            before--;
        }
        return before >= 0 && ";:\")".indexOf(gloss.charAt(before)) >= 0;
    }

    private static String words(TextLines lines, String[] cells) {
        int count = COUNT.matcher(cells[3]).matches() ? Integer.parseInt(cells[3], 16) : 0;
        String[] rest = cells[4].split(" ", 2 * count + 1);
        if (count == 0 || rest.length < 2 * count) {
            throw lines.failure("is not a WordNet synset: its words cannot be counted");
        }
        List<String> words = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            words.add(MARKER.matcher(rest[2 * i]).replaceFirst("").replace('_', ' '));
        }
        return String.join(", ", words);
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

    Document document() {
        return new Document(id, words, definition, source);
    }

    String queryId(int example) {
        return id + "-" + (example + 1);
    }
}
