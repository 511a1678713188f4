package dev.geotherm.benchmarks.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table with aligned columns: the first one to the left, numbers to the right, remarks at the end. */
final class Table {
    private final List<String[]> lines = new ArrayList<>();

    Table(String... headings) {
        lines.add(headings);
    }

    void add(String... cells) {
        lines.add(cells);
    }

    /** Formats a number with its significant digits. */
    static String figure(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(
                Locale.ROOT, value < 1 ? "%.3f" : value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    static String count(long value) {
        return count((double) value);
    }

    static String count(double value) {
        return Double.isNaN(value) || value < 0 ? "-" : String.format(Locale.ROOT, "%,.0f", value);
    }

    @Override
    public String toString() {
        int columns = lines.get(0).length;
        StringBuilder text = new StringBuilder();
        for (String[] line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                int width = width(i);
                boolean left = i == 0 || i == columns - 1;
                row.append(left ? "  " : "  " + " ".repeat(width - line[i].length()))
                        .append(line[i]);
                if (left) {
                    row.append(" ".repeat(width - line[i].length()));
                }
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return lines.stream().mapToInt(line -> line[column].length()).max().orElse(0);
    }
}
