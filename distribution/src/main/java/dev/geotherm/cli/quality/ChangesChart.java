package dev.geotherm.cli.quality;

import dev.geotherm.batch.comparison.MeasureComparison;
import dev.geotherm.batch.comparison.QueryChange;
import dev.geotherm.cli.terminal.TerminalText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An SVG bar chart of the changes of all queries: for each measure, from the largest gain to the largest loss. */
public final class ChangesChart {
    private static final int LONGEST_HEADING = 64;
    private static final int LEFT = 60;
    private static final int WIDTH = 640;
    private static final int RIGHT = 20;
    private static final int TOP = 42;
    private static final int HEIGHT = 120;
    private static final int GAP = 56;
    private static final String BETTER = "#1f66c1";
    private static final String WORSE = "#d1770d";
    private static final String TEXT = "#24292f";
    private static final String LINE = "#8a8f98";

    private final Markup svg;
    private final ComparedRuns runs;

    private ChangesChart(Markup svg, ComparedRuns runs) {
        this.svg = svg;
        this.runs = runs;
    }

    /** Returns the content of the SVG file. */
    public static String file(ComparedRuns runs) {
        Markup svg = new Markup();
        new ChangesChart(svg, runs).draw();
        return svg.toString();
    }

    static void addTo(Markup page, ComparedRuns runs) {
        new ChangesChart(page, runs).draw();
    }

    private void draw() {
        List<MeasureComparison> measures = runs.comparison().measures();
        int width = LEFT + WIDTH + RIGHT;
        int height = TOP + measures.size() * (HEIGHT + GAP);
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + width + " " + height,
                "width",
                width,
                "height",
                height,
                "font-family",
                "system-ui, sans-serif",
                "font-size",
                12,
                "fill",
                TEXT,
                "role",
                "img");
        svg.leaf("title", runs.heading() + ": changes of all queries");
        svg.empty("rect", "width", "100%", "height", "100%", "fill", "#ffffff");
        text(
                LEFT,
                20,
                "start",
                TerminalText.cutMiddle(runs.heading(), LONGEST_HEADING)
                        + ", from the largest gain to the largest loss");
        int top = TOP;
        for (MeasureComparison each : measures) {
            panel(each, top);
            top += HEIGHT + GAP;
        }
        svg.close();
    }

    private void panel(MeasureComparison compared, int top) {
        double[] changes = runs.comparison().changes(compared.measure()).stream()
                .mapToDouble(QueryChange::change)
                .toArray();
        double bound = 0.01;
        for (double change : changes) {
            bound = Math.max(bound, Math.abs(change));
        }
        bound = Math.ceil(bound * 10) / 10;
        double middle = top + 22 + HEIGHT / 2.0;
        text(
                LEFT,
                top + 12,
                "start",
                String.format(
                        Locale.ROOT,
                        "%s: %+.4f, p %s; %,d better, %,d worse, %,d same",
                        compared.measure(),
                        compared.change(),
                        runs.significance(compared),
                        compared.better(),
                        compared.worse(),
                        compared.same()));
        text(LEFT - 8, middle - HEIGHT / 2.0 + 10, "end", String.format(Locale.ROOT, "%+.1f", bound));
        text(LEFT - 8, middle + 4, "end", "0");
        text(LEFT - 8, middle + HEIGHT / 2.0, "end", String.format(Locale.ROOT, "%.1f", -bound));
        int queries = changes.length + compared.same();
        double[] ascending = Arrays.stream(changes).sorted().toArray();
        double step = (double) WIDTH / Math.max(1, queries);
        double scale = HEIGHT / 2.0 / bound;
        double[] better = new double[compared.better()];
        double[] worse = new double[compared.worse()];
        for (int i = 0; i < better.length; i++) {
            better[i] = ascending[ascending.length - 1 - i];
        }
        for (int i = 0; i < worse.length; i++) {
            worse[i] = ascending[worse.length - 1 - i];
        }
        area(better, LEFT, step, middle, scale, BETTER);
        area(worse, LEFT + (queries - worse.length) * step, step, middle, scale, WORSE);
        svg.empty("line", "x1", LEFT, "x2", LEFT + WIDTH, "y1", middle, "y2", middle, "stroke", LINE);
    }

    /** Draws bars without gaps as one shape. */
    private void area(double[] changes, double left, double step, double middle, double scale, String colour) {
        if (changes.length == 0) {
            return;
        }
        String bars = IntStream.range(0, changes.length)
                .mapToObj(i ->
                        String.format(Locale.ROOT, "V%.2f H%.2f", middle - changes[i] * scale, left + (i + 1) * step))
                .collect(Collectors.joining(" "));
        svg.empty(
                "path",
                "fill",
                colour,
                "d",
                String.format(Locale.ROOT, "M%.2f,%.2f %s V%.2f Z", left, middle, bars, middle));
    }

    private void text(double x, double y, String anchor, String content) {
        svg.leaf("text", content, "x", x, "y", y, "text-anchor", anchor);
    }
}
