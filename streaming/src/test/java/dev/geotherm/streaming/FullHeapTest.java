package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child JVM with a small heap, which something else fills for a moment, again and again. */
final class FullHeapTest {
    @TempDir
    Path folder;

    @Test
    void fullHeap_losesNothingAndHangsNobody() throws Exception {
        run(1, 1);
    }

    @Test
    @Tag("full")
    void fullHeap_manyTimesLosesNothingAndHangsNobody() throws Exception {
        run(24, 3);
    }

    private void run(int rounds, int fillings) throws Exception {
        File output = folder.resolve("output").toFile();
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:-UseGCOverheadLimit",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullHeapRounds.class.getName(),
                        String.valueOf(rounds),
                        String.valueOf(fillings))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        boolean ended = child.waitFor(30L + 60L * rounds, TimeUnit.SECONDS);
        child.destroyForcibly();
        List<String> lines = Files.readAllLines(output.toPath());
        assertThat(ended).as("ended: %s", lines).isTrue();
        assertThat(lines)
                .filteredOn(line -> line.startsWith("round"))
                .hasSize(rounds)
                .allMatch(line -> line.endsWith("ok"));
    }
}
