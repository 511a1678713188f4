package dev.geotherm.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.engine.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The display of progress on terminals of several widths, and in files. */
class ProgressLineTest {
    private static final String DETAILS = "backpressure high, \u6e29\u6cc9 ".repeat(10);

    private final StringWriter err = new StringWriter();

    private void show(boolean terminal, int columns, boolean quiet) {
        try (ProgressLine line = new ProgressLine(new PrintWriter(err), terminal, columns, quiet)) {
            line.begin(() -> new Progress.Step("ingest", "fragments", 1_200, 4_000, 310, DETAILS));
            line.begin(() -> new Progress.Step("replay", "revisions", 7, 0, 0, ""));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60, 200})
    void terminal_linesFitAndCoverThePreviousOnes(int columns) {
        show(true, columns, false);
        List<String> shown = new ArrayList<>(List.of(err.toString().split("[\r\n]+")));
        shown.removeIf(String::isEmpty);
        assertThat(shown)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(line -> assertThat(TerminalText.width(line)).isEqualTo(columns - 1));
        assertThat(shown.get(0)).startsWith("ingest 1,200 of").contains("...");
        assertThat(shown.get(shown.size() - 1).stripTrailing()).isEqualTo("replay 7 revisions");
    }

    @Test
    void file_linesAreWhole() {
        show(false, 60, false);
        assertThat(err.toString().lines())
                .containsExactly("ingest 1,200 of 4,000 fragments, 310/s, " + DETAILS, "replay 7 revisions");
    }

    @Test
    void quiet_printsNothing() {
        show(true, 60, true);
        assertThat(err.toString()).isEmpty();
    }
}
