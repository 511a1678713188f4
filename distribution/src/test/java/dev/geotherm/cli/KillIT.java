package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is ended in the middle of its evaluation goes on there, and ends as if nothing had been. */
class KillIT {
    private static final int QUERIES = 300;

    @TempDir
    Path scratch;

    private Distribution distribution;
    private Path corpus;
    private Path out;

    @BeforeEach
    void prepare() throws IOException {
        distribution = new Distribution(scratch);
        corpus = SmallCorpus.write(scratch.resolve("corpus"), QUERIES * 10, 6);
        out = scratch.resolve("out");
    }

    @Test
    void afterKillTheSameCommandResumesAndTheRunFileIsThatOfAnUndisturbedRun() throws Exception {
        Path undisturbed = scratch.resolve("undisturbed");
        distribution.run(command(undisturbed)).succeeds();

        Distribution.Running running = startedEvaluating();
        running.process().destroyForcibly();
        assertThat(running.await().code()).isEqualTo(137);
        assertThat(out.resolve("report.json")).doesNotExist();
        assertThat(out.resolve("run.trec")).doesNotExist();

        distribution.run(command(out)).succeeds();
        assertThat(resumed()).isBetween(1, QUERIES - 1);
        assertThat(out.resolve("run.trec")).hasSameBinaryContentAs(undisturbed.resolve("run.trec"));
        assertThat(out.resolve("evaluation.jsonl")).hasSameBinaryContentAs(undisturbed.resolve("evaluation.jsonl"));
    }

    @Test
    void onTermItStopsCleanlyAndResumes() throws Exception {
        Distribution.Running running = startedEvaluating();
        running.process().destroy();
        Distribution.Ended ended = running.await();
        assertThat(ended.code()).isEqualTo(143);
        assertThat(ended.err())
                .contains("the same command resumes the evaluation")
                .doesNotContain("\tat ");
        try (var files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("nothing half-written")
                    .noneMatch(name -> name.endsWith(".partial") || name.endsWith("-work"))
                    .contains("evaluation.jsonl.checkpoint");
        }
        distribution.run(command(out)).succeeds();
        assertThat(resumed()).isBetween(1, QUERIES - 1);
    }

    @Test
    void freshBeginsAnew() throws Exception {
        Distribution.Running running = startedEvaluating();
        running.process().destroyForcibly();
        running.await();
        String[] command = command(out);
        command[command.length - 1] = "--fresh";
        distribution.run(command).succeeds();
        assertThat(resumed()).isZero();
    }

    @Test
    void aCheckpointOfOtherSettingsIsRefused() throws Exception {
        Distribution.Running running = startedEvaluating();
        running.process().destroyForcibly();
        running.await();
        String[] command = command(out);
        command[command.length - 1] = "--retrieve=lexical";
        assertThat(distribution.run(command).fails(1).err()).contains("evaluation.jsonl.checkpoint", "--fresh");
    }

    /** Returns a process that has evaluated some queries and not all. */
    private Distribution.Running startedEvaluating() throws IOException {
        Distribution.Running running = distribution.start(command(out));
        Path log = out.resolve("evaluation.jsonl.checkpoint").resolve("00000000000000000000.log");
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !running.process().isAlive() || (Files.exists(log) && Files.size(log) > 100_000));
        assertThat(running.process().isAlive()).as("still evaluating").isTrue();
        return running;
    }

    private String[] command(Path folder) {
        return new String[] {
            "run",
            corpus.toString(),
            "--out",
            folder.toString(),
            "--set",
            "batch.batchSize=1",
            "--set",
            "batch.workers=1",
            "-q"
        };
    }

    private int resumed() throws IOException {
        return new ObjectMapper()
                .readTree(out.resolve("report.json").toFile())
                .at("/evaluation/resumed")
                .asInt();
    }
}
