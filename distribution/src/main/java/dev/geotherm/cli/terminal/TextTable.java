package dev.geotherm.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text table with aligned columns; numeric columns are right-aligned.
 *
 * <p>Not thread-safe.
 */
public final class TextTable {
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean styled;
    private final List<List<String>> rows = new ArrayList<>();

    /** Creates a table with a row of headings, which are bold if the table is styled; control characters in them are escaped. */
    public TextTable(boolean styled, String... headings) {
        this.styled = styled;
        rows.add(safe((Object[]) headings));
    }

    /** Adds a row with one cell per heading; control characters in cells are escaped. */
    public TextTable row(Object... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("a row must have " + rows.get(0).size() + " cells, had " + cells.length);
        }
        rows.add(safe(cells));
        return this;
    }

    private static List<String> safe(Object... cells) {
        return Arrays.stream(cells).map(String::valueOf).map(TerminalText::safe).toList();
    }

    /** Returns the rows, each with a line feed. */
    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], TerminalText.width(row.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = rows.get(r).get(i);
                String padding = " ".repeat(widths[i] - TerminalText.width(cell));
                line.append(i == 0 ? "" : "  ").append(isNumeric(i) ? padding + cell : cell + padding);
            }
            String stripped = line.toString().stripTrailing();
            text.append(r == 0 && styled ? BOLD + stripped + PLAIN : stripped).append('\n');
        }
        return text.toString();
    }

    /** Returns whether a column is numeric: each of its cells is empty or a number, with or without a short unit. */
    private boolean isNumeric(int column) {
        return rows.size() > 1
                && rows.stream().skip(1).map(row -> row.get(column)).allMatch(TextTable::isNumber);
    }

    private static boolean isNumber(String cell) {
        return cell.isEmpty() || cell.matches("[-+]?[0-9][0-9.,]*( ?[^ 0-9]{1,4})?");
    }
}
