package dev.geotherm.cli.state;

import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaSummary;
import dev.geotherm.delta.Pointer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A readable table of a delta's summary: the number of changes of each kind, and the paths with the most changes. Control
 * characters in names are escaped.
 */
public final class SummaryTable {
    /** The kinds in the order of interest to a reader. */
    private static final List<ChangeKind> KINDS = List.of(
            ChangeKind.MODIFIED,
            ChangeKind.TEXT_SPLICED,
            ChangeKind.TYPE_CHANGED,
            ChangeKind.OBJECT_MODIFIED,
            ChangeKind.ARRAY_MODIFIED,
            ChangeKind.ARRAY_RESIZED,
            ChangeKind.ADDED,
            ChangeKind.REMOVED,
            ChangeKind.MOVED);

    private static final int MOST_PLACES = 10;
    private static final int NARROWEST = 13;
    private static final int GAP = 2;

    private SummaryTable() {}

    /** Returns the table. Each line has at most the given number of columns and ends with a line break. */
    public static String of(DeltaSummary summary, int columns) {
        if (summary.changes() == 0) {
            return "no changes\n";
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(row(number(summary.changes()), summary.changes() == 1 ? "change" : "changes", category(summary)));
        for (ChangeKind kind : KINDS) {
            int count = summary.counts().getOrDefault(kind, 0);
            if (count > 0) {
                rows.add(row(number(count), word(kind), share(count, summary.changes())));
            }
        }
        rows.add(row("", "", ""));
        places(summary, rows);
        rows.add(row("", "", ""));
        rows.add(row(number(summary.deltaBytes()), "bytes as JSON", ""));
        rows.add(row(number(summary.encodedBytes()), "bytes encoded", encoded(summary)));
        return aligned(rows, columns);
    }

    private static String category(DeltaSummary summary) {
        return String.format(
                Locale.ROOT, "%s, average magnitude %.2g", word(summary.category()), summary.averageMagnitude());
    }

    private static String encoded(DeltaSummary summary) {
        return String.format(
                Locale.ROOT,
                "%.1f %% of JSON, in %.1f ms",
                100 * summary.compressionRatio(),
                summary.encodeTime().toNanos() / 1e6);
    }

    /** Adds the paths, one or two steps from the root, with the most changes below them. */
    private static void places(DeltaSummary summary, List<String[]> rows) {
        Map<Pointer, Integer> counts = counts(summary.paths(), 1);
        if (counts.size() == 1 && summary.changes() > 1) {
            counts = counts(summary.paths(), 2);
        }
        List<Map.Entry<Pointer, Integer>> most = counts.entrySet().stream()
                .sorted(Map.Entry.<Pointer, Integer>comparingByValue(Comparator.reverseOrder()))
                .toList();
        for (Map.Entry<Pointer, Integer> place : most.subList(0, Math.min(MOST_PLACES, most.size()))) {
            String path = TerminalText.safe(place.getKey().toString());
            rows.add(row(
                    number(place.getValue()),
                    path.isEmpty() ? "the whole state" : path,
                    share(place.getValue(), summary.changes())));
        }
        if (most.size() > MOST_PLACES) {
            int rest = most.stream()
                    .skip(MOST_PLACES)
                    .mapToInt(Map.Entry::getValue)
                    .sum();
            rows.add(row(
                    number(rest),
                    "in " + number(most.size() - MOST_PLACES)
                            + (most.size() - MOST_PLACES == 1 ? " more place" : " more places"),
                    share(rest, summary.changes())));
        }
    }

    private static Map<Pointer, Integer> counts(List<Pointer> paths, int depth) {
        Map<Pointer, Integer> counts = new LinkedHashMap<>();
        for (Pointer path : paths) {
            Pointer place = path;
            for (Pointer p = path.parent(); p != null && place.depth() > depth; p = p.parent()) {
                place = p;
            }
            counts.merge(place, 1, Integer::sum);
        }
        return counts;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String share(int part, int all) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
    }

    private static String[] row(String... cells) {
        return cells;
    }

    private static String aligned(List<String[]> rows, int columns) {
        int first = widest(rows, 0, Integer.MAX_VALUE);
        int third = widest(rows, 2, Integer.MAX_VALUE);
        if (first + NARROWEST + third + 2 * GAP > columns) { // the longest remarks wrap to the next line
            third = widest(rows, 2, columns - first - NARROWEST - 2 * GAP);
        }
        int second =
                Math.min(widest(rows, 1, Integer.MAX_VALUE), Math.max(NARROWEST, columns - first - third - 2 * GAP));
        String gap = " ".repeat(GAP);
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            boolean isBeside = TerminalText.width(row[2]) <= third;
            String line = " ".repeat(first - TerminalText.width(row[0]))
                    + row[0]
                    + gap
                    + TerminalText.padded(TerminalText.cutMiddle(row[1], second), second)
                    + gap
                    + (isBeside ? row[2] : "");
            text.append(line.stripTrailing()).append('\n');
            if (!isBeside) {
                String indent = " ".repeat(first) + gap;
                TerminalText.wrapped(row[2], columns - indent.length())
                        .forEach(part -> text.append(indent).append(part).append('\n'));
            }
        }
        return text.toString();
    }

    /** Returns the width of the widest cell of a column, without the cells wider than a limit. */
    private static int widest(List<String[]> rows, int column, int limit) {
        return rows.stream()
                .mapToInt(row -> TerminalText.width(row[column]))
                .filter(width -> width <= limit)
                .max()
                .orElse(0);
    }
}
