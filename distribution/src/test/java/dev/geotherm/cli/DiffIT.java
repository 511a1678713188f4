package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deltas created and applied by processes of the command, as in a shell. */
class DiffIT {
    private static final String BEFORE = "{\"name\":\"springs\",\"big\":123456789012345678901234567890}";
    private static final String AFTER = "{\"name\":\"warm \u6e29\u6cc9\",\"big\":123456789012345678901234567891}";

    @TempDir
    Path scratch;

    private Distribution distribution;

    @BeforeEach
    void prepare() throws IOException {
        distribution = new Distribution(scratch);
        Files.writeString(scratch.resolve("before.json"), BEFORE);
        Files.writeString(scratch.resolve("after.json"), AFTER);
    }

    @Test
    void diff_pipesADeltaToPatch() throws Exception {
        String command = "'" + distribution.home().resolve("bin/geotherm") + "'";
        distribution
                .shell("diff - after.json < before.json | " + command + " patch before.json - --out before.json")
                .succeeds();
        assertThat(scratch.resolve("before.json")).hasContent(AFTER);
    }

    @Test
    void patch_writesTextThatTheLocaleCannot() throws Exception {
        Ended ended = distribution
                .with("LC_ALL", "POSIX")
                .run("patch", "before.json", "after.json", "--format", "merge-patch")
                .succeeds();
        assertThat(ended.out()).isEqualTo(AFTER + "\n");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void exitCode_signalsADifferenceOnRequest() throws Exception {
        assertThat(distribution
                        .run("diff", "before.json", "after.json", "--exit-code")
                        .fails(4)
                        .out())
                .startsWith("[");
    }

    @Test
    void summary_isForTerminals() throws Exception {
        Ended ended = distribution
                .with("GEOTHERM_OPTS", "-Dgeotherm.terminal.out=true -Dgeotherm.columns=60")
                .with("TERM", "xterm")
                .without("NO_COLOR")
                .run("diff", "before.json", "after.json")
                .succeeds();
        assertThat(ended.out()).contains("\u001b[33m~ /name\u001b[0m", "\"springs\" -> \"warm");
        assertThat(ended.out().replaceAll("\u001b\\[[0-9]*m", "").lines()).allMatch(line -> line.length() <= 60);
    }

    @Test
    void aPatchOfManyOperationsTakesTheMemoryOfTheState() throws Exception {
        Path delta = scratch.resolve("delta");
        try (BufferedWriter out = Files.newBufferedWriter(delta)) {
            for (int i = 0; i < 600_000; i++) {
                out.write(i == 0 ? "[" : ",");
                out.write("{\"op\":\"replace\",\"path\":\"/n\",\"value\":" + i + "}");
            }
            out.write("]");
        }
        Path state = Files.writeString(scratch.resolve("state.json"), "{\"n\":-1}");
        assertThat(distribution
                        .with("GEOTHERM_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx120m")
                        .run("patch", state.toString(), delta.toString())
                        .succeeds()
                        .out())
                .isEqualTo("{\"n\":599999}\n");
    }
}
