package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.streaming.ContentCodec;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.PipelineSpec;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of accepted fragments when the JVM exits. */
final class ExitTest {

    private static List<String> run(int exitCode, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                ExitingProcess.class.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
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

    @Test
    void exit_whatIsNotProcessedInTimeStaysInTheJournal(@TempDir Path folder) throws Exception {
        assertThat(run(7, "10ms", "hung", "exit", folder.toString())).isEmpty();
        List<String> processed = new CopyOnWriteArrayList<>();
        try (LanePipelines pipelines = new LanePipelines(
                        Settings.of(LanePipelinesSettings.class, Map.of("journal", "true")),
                        ComponentContext.standalone("restarted"));
                IngestionPipeline<String> next = pipelines.open(PipelineSpec.<String>of(
                                "exiting", batch -> batch.fragments().forEach(fragment -> processed.add(fragment.id())))
                        .withJournal(folder, ContentCodec.text()))) {
            assertThat(next.drain(Duration.ofSeconds(60))).isTrue();
        }
        assertThat(processed).hasSize(ExitingProcess.FRAGMENTS).doesNotHaveDuplicates();
    }
}
