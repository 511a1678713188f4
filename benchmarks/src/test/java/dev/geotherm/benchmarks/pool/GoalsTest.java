package dev.geotherm.benchmarks.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoalsTest {

    private static String row(String text, Figure... figures) {
        return new Goals(new Figures(List.of(figures)), "striped")
                .table()
                .toString()
                .lines()
                .filter(line -> line.contains(text))
                .findFirst()
                .orElseThrow();
    }

    private static Figure bare(String pool, double nanos) {
        return new Figure(1, 17, "bare", pool, 1, CellRun.TIME, nanos);
    }

    @Test
    void aGoalIsMetOrNotByTheRatioOfMedians() {
        String goal = "bare, 1 thread: times as fast as commons-pool2";
        Figure[] fast = {bare("commons-pool2", 400), bare("striped", 8), bare("striped", 9), bare("striped", 100)};
        assertThat(row(goal, fast)).contains("44.4").endsWith("yes |");
        assertThat(row(goal, bare("commons-pool2", 400), bare("striped", 20))).endsWith("NO |");
    }

    @Test
    void ratiosAreTakenWithinARound() {
        Figure[] figures = {
            bare("commons-pool2", 400).in(1),
            bare("striped", 8).in(1),
            bare("commons-pool2", 900).in(2),
            bare("striped", 18).in(2),
            bare("striped", 100).in(3)
        };
        assertThat(row("bare, 1 thread: times as fast as commons-pool2", figures))
                .containsPattern(" 50 \\|");
    }

    @Test
    void aGoalWithoutFiguresIsNotMet() {
        assertThat(row("times less pause time")).endsWith("not measured |");
    }

    @Test
    void theSlowestIterationCounts() {
        Figure[] figures = {bare("striped", 10), bare("striped", 10), bare("striped", 35)};
        assertThat(row("bare: slowest iteration", figures)).contains("3.50").endsWith("NO |");
    }

    @Test
    void columnsLineUp() {
        assertThat(new Goals(new Figures(List.of()), "striped")
                        .table()
                        .toString()
                        .lines())
                .extracting(String::length)
                .containsOnly(row("times less pause time").length());
    }

    @Test
    void figuresSurviveTheFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("figures.tsv");
        List<Figure> figures = List.of(bare("striped", 8.25), bare("striped:lease", 9));
        Figures.append(file, figures.subList(0, 1));
        Figures.append(file, figures.subList(1, 2));
        assertThat(Figures.read(file)).isEqualTo(figures);
    }
}
