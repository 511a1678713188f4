package dev.geotherm.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A finder of the blocks of a text that splitting would make meaningless: fenced code and Markdown tables. An unterminated
 * block does not count. Makes one pass over the lines of the text.
 */
final class TextBlocks {
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})");

    private final List<Block> blocks = new ArrayList<>();
    private final String text;

    /**
     * A block.
     *
     * @param start the start offset
     * @param end the end offset, exclusive, without the last line end
     */
    record Block(int start, int end) {}

    private TextBlocks(String text) {
        this.text = text;
    }

    /** Returns the blocks of a text in order; they do not overlap. */
    static List<Block> of(String text) {
        boolean none = !text.contains("```") && !text.contains("~~~") && text.indexOf('|') < 0;
        return none ? List.of() : new TextBlocks(text).scan();
    }

    private List<Block> scan() {
        String fence = "";
        int blockStart = 0;
        int tableStart = -1; // of the last line's table
        int tableEnd = -1;
        String before = "";
        int beforeStart = 0;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            String line = text.substring(start, end);
            if (!fence.isEmpty()) {
                if (ends(line.strip(), fence)) {
                    blocks.add(new Block(blockStart, end));
                    fence = "";
                }
            } else if (line.indexOf('|') >= 0) {
                if (tableStart < 0 && before.indexOf('|') >= 0 && isRule(line)) {
                    tableStart = beforeStart;
                }
                tableEnd = end;
            } else {
                add(tableStart, tableEnd);
                tableStart = -1;
                Matcher opening = FENCE.matcher(line);
                if (opening.lookingAt()) {
                    fence = opening.group(1);
                    blockStart = start;
                }
            }
            before = line;
            beforeStart = start;
            start = end + 1;
        }
        add(tableStart, tableEnd);
        return blocks;
    }

    private static boolean ends(String line, String fence) {
        return line.startsWith(fence) && line.chars().allMatch(mark -> mark == fence.charAt(0));
    }

    /** Returns whether a line is the delimiter row below the column headings. */
    private static boolean isRule(String line) {
        return line.indexOf('-') >= 0 && line.chars().allMatch(mark -> "|:- \t\r".indexOf(mark) >= 0);
    }

    private void add(int start, int end) {
        if (start >= 0) {
            blocks.add(new Block(start, end));
        }
    }
}
