package dev.geotherm.benchmarks.diff;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results for one pair: collected from the measuring processes, then printed as a table. */
final class PairReport {
    private final String pair;
    private final String what;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    PairReport(String pair, String what) {
        this.pair = pair;
        this.what = what;
    }

    String what() {
        return what;
    }

    Row row(String name) {
        return rows.computeIfAbsent(name, Row::new);
    }

    /** Runs {@link PairRun}, and again without a contender that took too long. */
    void measure(Duration limit, int rounds) throws IOException, InterruptedException {
        List<String> without = new ArrayList<>();
        Guarded.Output output;
        do {
            List<String> command = new ArrayList<>(JavaCommand.of(PairRun.class));
            command.addAll(List.of(pair, what, String.valueOf(rounds)));
            command.addAll(without);
            output = Guarded.run(limit, command);
            String last = read(output.lines());
            if (output.ended() && !without.contains(last)) {
                row(last).remark = "took more than " + limit.toSeconds() + " s";
                without.add(last);
            } else if (output.exit() != 0) {
                throw new IOException("the run of " + pair + " ended with " + output.exit() + " in " + last);
            }
        } while (output.ended());
    }

    /** Returns the name of the contender that ran last. */
    private String read(List<String> lines) {
        String last = "";
        for (String line : lines) {
            String[] columns = line.split("\t");
            if (columns.length < 2) {
                continue;
            }
            last = columns[0].equals("start") ? columns[1] : last;
            read(columns, row(columns[1]));
        }
        return last;
    }

    private static void read(String[] columns, Row row) {
        switch (columns[0]) {
            case "compared" -> put(row, columns, "changes");
            case "bytes" -> put(row, columns, "raw", "gzip", "zstd3", "zstd19");
            case "dictionary" -> put(row, columns, "dictionary");
            case "time" -> put(row, columns, "min", "median", "allocated");
            case "verdict", "failed" -> row.remark = columns[2];
            default -> {}
        }
    }

    private static void put(Row row, String[] columns, String... names) {
        for (int i = 0; i < names.length; i++) {
            row.figures.put(names[i], Double.valueOf(columns[2 + i]));
        }
    }

    boolean hasWrong() {
        return rows.values().stream()
                .anyMatch(
                        row -> row.name.startsWith("geotherm") && !row.remark.isEmpty() && !row.remark.equals("right"));
    }

    void print(PrintStream out) {
        out.println(pair + ", " + what);
        out.println(what.equals("bytes") ? sizes() : times());
    }

    private Table times() {
        Table table = new Table("", "min us", "median us", "x E", "of zjsonpatch", "B/call", "changes", "");
        double e = figure(row("E"), "min");
        double zjsonpatch = figure(row("zjsonpatch"), "min");
        for (Row row : rows.values()) {
            double min = figure(row, "min");
            table.add(
                    row.name,
                    Table.figure(min),
                    Table.figure(figure(row, "median")),
                    Table.figure(min / e),
                    Table.figure(min / zjsonpatch),
                    Table.count(figure(row, "allocated")),
                    Table.count(figure(row, "changes")),
                    row.remark);
        }
        return table;
    }

    private Table sizes() {
        Table table = new Table("", "changes", "raw", "gzip", "zstd-3", "zstd-19", "with old state", "");
        for (Row row : rows.values()) {
            table.add(
                    row.name,
                    Table.count(figure(row, "changes")),
                    Table.count(figure(row, "raw")),
                    Table.count(figure(row, "gzip")),
                    Table.count(figure(row, "zstd3")),
                    Table.count(figure(row, "zstd19")),
                    Table.count(figure(row, "dictionary")),
                    row.remark);
        }
        return table;
    }

    private static double figure(Row row, String name) {
        return row.figures.getOrDefault(name, Double.NaN);
    }

    /** Appends every result as a line of pair, kind, contender, name, value. */
    void append(Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Row row : rows.values()) {
            row.figures.forEach((name, value) -> lines.append(
                    String.join("\t", pair, what, row.name, name, String.format(Locale.ROOT, "%.3f\n", value))));
            lines.append(String.join("\t", pair, what, row.name, "remark", row.remark + "\n"));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file, lines, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
    }
}
