package dev.geotherm.benchmarks.pool;

import static dev.geotherm.benchmarks.pool.CellRun.BYTES;
import static dev.geotherm.benchmarks.pool.CellRun.PROCESSOR;
import static dev.geotherm.benchmarks.pool.CellRun.TIME;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The results as tables: a row per pool, and the relevant ratios. */
final class Report {
    private static final List<String> LOOP =
            List.of("p50 us", "p99 us", "p99.9 us", "max ms", "pauses", "pause ms", "concurrent ms");

    private final Figures figures;

    Report(Figures figures) {
        this.figures = figures;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        figures.scenes("bare").forEach(scene -> add(text, scene, threads(scene)));
        figures.scenes("copy").forEach(scene -> add(text, scene, threads(scene)));
        if (!figures.scenes("size").isEmpty()) {
            add(text, "objects of several sizes: ns an operation, 1 thread", sizes());
        }
        figures.scenes("virtual").forEach(scene -> add(text, scene + " threads", virtual(scene)));
        figures.scenes("starved").forEach(scene -> add(text, scene + " virtual threads", virtual(scene)));
        figures.scenes("loop").forEach(scene -> add(text, scene + " in flight", loop(scene)));
        figures.scenes("safety").forEach(scene -> add(text, "leaks", leaks(scene)));
        return text.toString();
    }

    private static void add(StringBuilder text, String title, Table table) {
        text.append(title).append("\n\n").append(table).append('\n');
    }

    private Table threads(String scene) {
        List<String> heads = new ArrayList<>(List.of("pool"));
        Plan.THREADS.forEach(threads -> heads.add(threads + "T ns"));
        Plan.THREADS.forEach(threads -> heads.add(threads + "T cpu"));
        heads.addAll(List.of("B", "x commons 1T", "8T", "x new 1T", "8T"));
        Table table = new Table(heads.toArray(String[]::new));
        for (String pool : figures.pools(scene)) {
            List<String> row = new ArrayList<>(List.of(pool));
            Plan.THREADS.forEach(threads -> row.add(text(figures.median(scene, pool, threads, TIME))));
            Plan.THREADS.forEach(threads -> row.add(text(figures.median(scene, pool, threads, PROCESSOR))));
            row.add(text(figures.median(scene, pool, 1, BYTES)));
            for (String other : List.of("commons-pool2", "new")) {
                row.add(text(times(scene, other, pool, 1)));
                row.add(text(times(scene, other, pool, 8)));
            }
            table.row(row);
        }
        return table;
    }

    private OptionalDouble times(String scene, String other, String pool, int threads) {
        OptionalDouble theirs = figures.median(scene, other, threads, TIME);
        OptionalDouble own = figures.median(scene, pool, threads, TIME);
        return theirs.isPresent() && own.isPresent()
                ? OptionalDouble.of(theirs.getAsDouble() / own.getAsDouble())
                : OptionalDouble.empty();
    }

    private Table sizes() {
        List<String> scenes = figures.scenes("size");
        List<String> heads = new ArrayList<>(List.of("pool"));
        scenes.forEach(scene -> heads.add(scene.substring("size ".length()) + " floats"));
        Table table = new Table(heads.toArray(String[]::new));
        for (String pool : figures.pools(scenes.get(0))) {
            List<String> row = new ArrayList<>(List.of(pool));
            scenes.forEach(scene -> row.add(text(figures.median(scene, pool, 1, TIME))));
            table.row(row);
        }
        return table;
    }

    private Table virtual(String scene) {
        Table table = new Table("pool", "ns", "cpu ns", "B", "B less nothing's");
        OptionalDouble empty = figures.median(scene, "nothing", 1, BYTES);
        for (String pool : figures.pools(scene)) {
            OptionalDouble bytes = figures.median(scene, pool, 1, BYTES);
            table.row(List.of(
                    pool,
                    text(figures.median(scene, pool, 1, TIME)),
                    text(figures.median(scene, pool, 1, PROCESSOR)),
                    text(bytes),
                    empty.isPresent() && bytes.isPresent()
                            ? Goal.number(bytes.getAsDouble() - empty.getAsDouble())
                            : ""));
        }
        return table;
    }

    private Table loop(String scene) {
        List<String> heads = new ArrayList<>(List.of("pool"));
        heads.addAll(LOOP);
        Table table = new Table(heads.toArray(String[]::new));
        for (String pool : figures.pools(scene)) {
            List<String> row = new ArrayList<>(List.of(pool));
            LOOP.forEach(measure -> row.add(text(figures.median(scene, pool, 1, measure))));
            table.row(row);
        }
        return table;
    }

    private Table leaks(String scene) {
        Table table = new Table("pool", "share of capacity after a leak of all and two collections");
        for (String pool : figures.pools(scene)) {
            table.row(List.of(pool, text(figures.median(scene, pool, 1, "capacity restored"))));
        }
        return table;
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? Goal.number(value.getAsDouble()) : "";
    }
}
