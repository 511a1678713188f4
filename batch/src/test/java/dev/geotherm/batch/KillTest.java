package dev.geotherm.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.testkit.RandomCases;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A killed process loses no outcome that it wrote, and the next one resumes to the same output, byte for byte. */
final class KillTest {
    private static final int LOST_BY_A_KILL = (2 * KilledProcess.WORKERS + 1) * KilledProcess.BATCH;

    @TempDir
    Path folder;

    @Test
    void resume_afterKillsYieldsTheSameBytes() throws Exception {
        resumeAfterKills(1, 2);
    }

    @Test
    @Tag("full")
    void resume_afterManyMoreKillsYieldsTheSameBytes() throws Exception {
        resumeAfterKills(10, 3);
    }

    private void resumeAfterKills(int cases, int mostKills) throws Exception {
        Path reference = Files.createDirectory(folder.resolve("reference")).resolve("results.jsonl");
        KilledProcess.evaluate(reference, EvaluationMode.SEQUENTIAL);

        RandomCases.run(cases, random -> {
            EvaluationMode mode = EvaluationMode.values()[random.nextInt(EvaluationMode.values().length)];
            Path output = Files.createTempDirectory(folder, "killed").resolve("results.jsonl");

            int kills = runUntilItCompletes(output, mode, random, mostKills);

            assertThat(output).hasSameBinaryContentAs(reference);
            assertThat(output.resolveSibling("results.jsonl.checkpoint")).doesNotExist();
            int evaluated = evaluated(KilledProcess.map(output));
            assertThat(evaluated - KilledProcess.ITEMS)
                    .as("items evaluated again after %s kills", kills)
                    .isBetween(0, kills * LOST_BY_A_KILL);
        });
    }

    private static int runUntilItCompletes(Path output, EvaluationMode mode, Random random, int mostKills)
            throws Exception {
        int kills = 0;
        while (true) {
            MappedByteBuffer counts = KilledProcess.map(output);
            int before = evaluated(counts);
            int killAt = kills == mostKills ? Integer.MAX_VALUE : before + 1 + random.nextInt(KilledProcess.ITEMS / 3);
            Process process = start(output, mode);
            while (process.isAlive() && evaluated(counts) < killAt) {
                LockSupport.parkNanos(200_000);
            }
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            if (process.exitValue() == 0) {
                return kills;
            }
            assertThat(process.exitValue())
                    .as("exit code of a killed process, not of a failed one")
                    .isEqualTo(128 + 9);
            assertThat(output).doesNotExist();
            kills++;
        }
    }

    private static Process start(Path output, EvaluationMode mode) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProcess.class.getName(),
                        output.toString(),
                        mode.name())
                .inheritIO()
                .start();
    }

    private static int evaluated(MappedByteBuffer counts) {
        int sum = 0;
        for (int i = 0; i < KilledProcess.ITEMS; i++) {
            sum += counts.get(i);
        }
        return sum;
    }
}
