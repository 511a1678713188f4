package dev.geotherm.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.streaming.SpeedChange.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The program that draws {@code docs/pictures/streaming-speed-change.svg}: batch size, batch time, level and throughput of the three sizing
 * rules, when a processor becomes ten times as slow and recovers.
 */
final class SpeedChangePicture {
    static final Path FILE = Path.of("../docs/pictures/streaming-speed-change.svg");

    private static final List<BatchSizing> RULES =
            List.of(BatchSizing.FIXED, BatchSizing.STEPS, BatchSizing.PREDICTIVE);
    private static final List<String> COLOURS = List.of("#8a8f98", "#d1770d", "#1f66c1");
    private static final int LEFT = 86;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 112;
    private static final int GAP = 46;
    private static final int TOP = 74;
    private static final double WINDOW_SECONDS = 0.5;
    private static final double LINE_OFFSET = 1.5;

    private final StringBuilder svg = new StringBuilder();
    private int panels;

    private SpeedChangePicture() {}

    /** Writes the picture; run in the folder of the module. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(FILE, draw());
    }

    static String draw() {
        return new SpeedChangePicture().drawAll();
    }

    /** A line of a panel: values at equal distances of time. */
    private record Line(String colour, List<Double> values) {}

    private String drawAll() {
        List<List<Sample>> runs =
                RULES.stream().map(rule -> SpeedChange.run(rule, 1)).toList();
        int height = TOP + 4 * (HEIGHT + GAP);
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\"",
                LEFT + WIDTH + 30, height, LEFT + WIDTH + 30, height);
        add(" font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#24292f\">\n");
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n");
        text(
                LEFT,
                22,
                "start\" font-size=\"15\" font-weight=\"600",
                "A processor becomes ten times as slow for 20 seconds");
        legend();
        panel("batch size", 1, 100, List.of(1.0, 10.0, 100.0), "%.0f", lines(runs, SpeedChangePicture::meanSize));
        panel(
                "batch time, ms (goal 100)",
                1,
                2_000,
                List.of(1.0, 10.0, 100.0, 1000.0),
                "%,.0f",
                lines(runs, SpeedChangePicture::longest));
        panel("level", 0, 4, List.of(0.0, 1.0, 2.0, 3.0, 4.0), "", lines(runs, SpeedChangePicture::lastLevel));
        panel(
                "fragments per second",
                0,
                1_000,
                List.of(0.0, 500.0, 1000.0),
                "%,.0f",
                lines(runs, SpeedChangePicture::perSecond));
        add("</svg>\n");
        return svg.toString();
    }

    private static double meanSize(List<Sample> window) {
        return window.stream().mapToInt(Sample::fragments).average().orElse(Double.NaN);
    }

    private static double longest(List<Sample> window) {
        return window.stream().mapToDouble(Sample::millis).max().orElse(Double.NaN);
    }

    private static double lastLevel(List<Sample> window) {
        return window.isEmpty()
                ? Double.NaN
                : window.get(window.size() - 1).level().ordinal();
    }

    private static double perSecond(List<Sample> window) {
        double seconds = window.stream().mapToDouble(Sample::millis).sum() / 1e3;
        return window.stream().mapToInt(Sample::fragments).sum() / Math.max(WINDOW_SECONDS, seconds);
    }

    private static List<Line> lines(List<List<Sample>> runs, ToDoubleFunction<List<Sample>> value) {
        List<Line> lines = new ArrayList<>();
        for (int rule = 0; rule < runs.size(); rule++) {
            List<Sample> run = runs.get(rule);
            List<Double> values = new ArrayList<>();
            for (double from = 0; from < SpeedChange.SECONDS; from += WINDOW_SECONDS) {
                double start = from;
                List<Sample> window = run.stream()
                        .filter(one -> one.second() >= start && one.second() < start + WINDOW_SECONDS)
                        .toList();
                double last = values.isEmpty() ? 0 : values.get(values.size() - 1);
                double next = value.applyAsDouble(window);
                values.add(Double.isNaN(next) || window.isEmpty() ? last : next);
            }
            lines.add(new Line(COLOURS.get(rule), values));
        }
        return lines;
    }

    private void legend() {
        List<String> names = List.of("fixed (100)", "steps", "predictive");
        for (int i = 0; i < names.size(); i++) {
            int x = LEFT + 130 * i;
            add(
                    "<line x1=\"%d\" y1=\"42\" x2=\"%d\" y2=\"42\" stroke=\"%s\" stroke-width=\"3\"/>\n",
                    x, x + 24, COLOURS.get(i));
            text(x + 30, 46, "start", names.get(i));
        }
    }

    /** Draws a panel; the scale is logarithmic if it does not begin with 0. */
    private void panel(String title, double least, double most, List<Double> ticks, String format, List<Line> lines) {
        int top = TOP + panels++ * (HEIGHT + GAP);
        int bottom = top + HEIGHT;
        text(LEFT, top - 8, "start\" font-weight=\"600", title);
        add(
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#f3e9dc\"/>\n",
                x(SpeedChange.SLOW_FROM), top, x(SpeedChange.SLOW_UNTIL) - x(SpeedChange.SLOW_FROM), HEIGHT);
        for (double tick : ticks) {
            double y = y(tick, least, most, top);
            boolean goal = most > SpeedChange.GOAL_MILLIS && least > 0 && tick == SpeedChange.GOAL_MILLIS;
            add(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\"/>\n",
                    LEFT, y, LEFT + WIDTH, y, goal ? "#24292f" : "#d8dce2");
            text(
                    LEFT - 8,
                    y + 4,
                    "end",
                    format.isEmpty()
                            ? BackpressureLevel.values()[(int) tick].name().toLowerCase(Locale.ROOT)
                            : String.format(Locale.ROOT, format, tick));
        }
        for (int second = 0; second <= SpeedChange.SECONDS; second += 10) {
            text(x(second), bottom + 16, "middle", second + " s");
        }
        double offset = LINE_OFFSET; // lines of equal values stay visible
        for (Line line : lines) {
            add("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"", line.colour());
            for (int i = 0; i < line.values().size(); i++) {
                add("%.1f,%.1f ", x((i + 0.5) * WINDOW_SECONDS), y(line.values().get(i), least, most, top) + offset);
            }
            add("\"/>\n");
            offset -= LINE_OFFSET;
        }
    }

    private static double x(double second) {
        return LEFT + WIDTH * second / SpeedChange.SECONDS;
    }

    private static double y(double value, double least, double most, int top) {
        double part = least > 0
                ? StrictMath.log(Math.max(least, value) / least) / StrictMath.log(most / least)
                : value / most;
        return top + HEIGHT * (1 - part);
    }

    private void text(double x, double y, String anchor, String words) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, words);
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments));
    }
}
