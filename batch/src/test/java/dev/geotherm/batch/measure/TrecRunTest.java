package dev.geotherm.batch.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TrecRun.Scored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrecRunTest {
    @TempDir
    Path folder;

    @Test
    void write_hasSixColumnsInOrder() throws IOException {
        Path file = folder.resolve("run.txt");
        TrecRun.builder("mine")
                .add("q2", List.of(new Scored("a", 2.5), new Scored("b", 1)))
                .add("q1", List.of())
                .build()
                .write(file);

        assertThat(Files.readAllLines(file)).containsExactly("q2 Q0 a 1 2.5 mine", "q2 Q0 b 2 1.0 mine");
    }

    @Test
    void write_lowersEqualScoresToKeepTheOrder() {
        List<Scored> ranking =
                List.of(new Scored("a", 1), new Scored("b", 1), new Scored("c", 1 - 1e-12), new Scored("d", 0.5));
        TrecRun.builder("t").add("q", ranking).build().write(folder.resolve("run.txt"));

        List<Scored> read = TrecRun.read(folder.resolve("run.txt")).answers("q");
        assertThat(read).extracting(Scored::document).containsExactly("a", "b", "c", "d");
        assertThat(read.get(1).score()).isEqualTo(Math.nextDown(1f));
        assertThat(read.get(3).score()).isEqualTo(0.5);
    }

    @Test
    void read_ordersTiesAsTrecEvalDoes() throws IOException {
        Path file = write("q Q0 a 1 0.0 t", "q Q0 b 2 -0.0 t", "q Q0 \uFFEE 3 0 t", "q Q0 \uD83D\uDE00 4 0 t");

        assertThat(TrecRun.read(file).answers("q"))
                .extracting(Scored::document)
                .containsExactly("\uD83D\uDE00", "\uFFEE", "b", "a");
    }

    @Test
    void write_replacesTheFileAndLeavesNothingElse() throws IOException {
        Path file = write("old");
        TrecRun.builder("t").add("q", List.of(new Scored("a", 1))).build().write(file);

        assertThat(file).hasContent("q Q0 a 1 1.0 t\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void write_failureLeavesTheOldFile() throws IOException {
        Path file = write("old");
        double least = -Float.MAX_VALUE;
        TrecRun run = TrecRun.builder("t")
                .add("q", List.of(new Scored("a", least), new Scored("b", least)))
                .build();

        assertThatThrownBy(() -> run.write(file))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("'b'");
        assertThat(file).hasContent("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void write_unwritableFileIsNamed() {
        TrecRun run = TrecRun.builder("t").build();
        Path nowhere = folder.resolve("none/run.txt");
        assertThatThrownBy(() -> run.write(nowhere))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining(nowhere.toString());
        assertThatThrownBy(() -> run.write(folder))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("it is a folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    q Q0 a 1 1.0            | has 5 columns
                    q Q0 a 1 1.0 t more     | has 7 columns
                    q Q0 a 1 high t         | score 'high' is not a number
                    q Q0 a 1 NaN t          | has no place in an order
                    q Q0 a 1 1e99 t         | outside the range
                    q Q0 first 1 1 t        | ranked twice
                    """)
    void read_invalidLineIsRefusedWithItsNumber(String line, String reason) throws IOException {
        Path file = write("q Q0 first 1 1 t", "", line);
        assertThatThrownBy(() -> TrecRun.read(file))
                .isInstanceOf(GeothermException.class)
                .hasMessageStartingWith(file + ":3: ")
                .hasMessageContaining(reason);
    }

    @Test
    void read_infiniteScoresAreTheHighestAndLowest() throws IOException {
        Path file = write("q Q0 a 1 -inf t", "q Q0 b 1 0 t", "q Q0 c 1 inf t", "q Q0 d 1 +Infinity t");
        assertThat(TrecRun.read(file).answers("q")).extracting(Scored::document).containsExactly("d", "c", "b", "a");
    }

    @Test
    void read_emptyFileIsRefused() throws IOException {
        Path file = write();
        assertThatThrownBy(() -> TrecRun.read(file))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\n", "a\0b", "\u001b[31m", "\u007f", "\u0085", "a\u2028b"})
    void builder_idThatCannotBeAColumnIsRefused(String name) {
        assertThatThrownBy(() -> TrecRun.builder(name)).isInstanceOf(GeothermException.class);
        assertThatThrownBy(() -> new Scored(name, 1)).isInstanceOf(GeothermException.class);
        TrecRun.Builder run = TrecRun.builder("t");
        assertThatThrownBy(() -> run.add(name, List.of())).isInstanceOf(GeothermException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e39, -1e39})
    void scored_scoreOutsideTheFloatRangeIsRefused(double score) {
        assertThatThrownBy(() -> new Scored("a", score))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("'a'");
    }

    @Test
    void add_inconsistentRankingIsRefused() {
        TrecRun.Builder run = TrecRun.builder("t").add("q", List.of());
        assertThatThrownBy(() -> run.add("r", List.of(new Scored("a", 1), new Scored("b", 2))))
                .hasMessageContaining("expected the best first");
        assertThatThrownBy(() -> run.add("r", List.of(new Scored("a", 1), new Scored("a", 1))))
                .hasMessageContaining("ranked twice");
        assertThatThrownBy(() -> run.add("q", List.of())).hasMessageContaining("was already added");
    }

    private Path write(String... lines) throws IOException {
        return Files.write(folder.resolve("run.txt"), List.of(lines));
    }
}
