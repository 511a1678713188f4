package dev.geotherm.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationReport.Status;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Only one process at a time writes an output. Its lock ends with the process in any case. */
@Timeout(300)
final class TwoProcessesTest {
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void start_outputOfAnotherProcessIsRefused() throws Exception {
        Process other = start();
        BufferedReader printed = other.inputReader();
        assertThat(printed.readLine()).isEqualTo(WaitingProcess.EVALUATING);
        byte[] before = Files.readAllBytes(log());

        // Twice, because a refusal must not release the lock of the other process.
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(EvaluationException.class)
                    .isThrownBy(() -> WaitingProcess.evaluate(output(), item -> {}))
                    .withMessageContaining("another process")
                    .withMessageContaining(output().toString());
        }

        assertThat(Files.readAllBytes(log())).startsWith(before);
        release(other);
        assertThat(printed.readLine()).isEqualTo(Status.COMPLETED.toString());
        assertThat(output()).exists();
        assertThat(checkpoint()).doesNotExist();
    }

    @Test
    void start_byAnotherProcessIsRefused() throws Exception {
        List<String> printed = new ArrayList<>();

        Status status = WaitingProcess.evaluate(output(), item -> {
            if (item.equals("item-5")) {
                Process other = start();
                printed.add(other.inputReader().readLine());
                assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        });

        assertThat(status).isEqualTo(Status.COMPLETED);
        assertThat(printed.get(0)).contains("another process").contains(output().toString());
    }

    @Test
    void start_outputOfAKilledProcessIsFree() throws Exception {
        Process other = start();
        assertThat(other.inputReader().readLine()).isEqualTo(WaitingProcess.EVALUATING);
        other.destroyForcibly();
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> evaluated = new ArrayList<>();

        assertThat(WaitingProcess.evaluate(output(), evaluated::add)).isEqualTo(Status.COMPLETED);

        assertThat(evaluated).endsWith("item-9").hasSizeBetween(5, 8); // the writer may be a little behind
        assertThat(Files.readAllLines(output())).hasSize(10);
    }

    private Path output() throws Exception {
        return folder.toRealPath().resolve("results.jsonl");
    }

    private Path checkpoint() throws Exception {
        return folder.toRealPath().resolve("results.jsonl.checkpoint");
    }

    private Path log() throws Exception {
        return checkpoint().resolve("00000000000000000000.log");
    }

    private Process start() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WaitingProcess.class.getName(),
                        output().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(process);
        return process;
    }

    private static void release(Process process) throws Exception {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }
}
