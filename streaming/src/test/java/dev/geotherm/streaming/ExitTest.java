package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of accepted fragments when the JVM exits. */
final class ExitTest {

    private static List<String> run(int exitCode, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExitingProcess.class.getName(),
                        arguments[0],
                        arguments[1],
                        arguments[2])
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(exitCode);
            return output.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void mainReturns_acceptedFragmentsAreProcessed() throws Exception {
        assertThat(run(0, "60s", "late", "return"))
                .hasSize(ExitingProcess.FRAGMENTS)
                .allMatch(line -> line.startsWith("processed "));
    }

    @Test
    void exit_whatIsNotProcessedInTimeIsADeadLetter() throws Exception {
        assertThat(run(7, "10ms", "hung", "exit"))
                .hasSize(ExitingProcess.FRAGMENTS)
                .allMatch(line -> line.startsWith("dead "));
    }
}
