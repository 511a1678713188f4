package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed during evaluation: the same command, which here runs in this process, resumes with the result of
 * an uninterrupted run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {
    private static final int DOCUMENTS = 100;
    private static final int QUERIES = 300;

    private Path scratch;
    private Distribution distribution;
    private InProcess command;
    private Path corpus;
    private Path killed;

    /** Leaves the folder of a run that was killed; tests take copies of it. */
    @BeforeAll
    void kill(@TempDir Path folder) throws Exception {
        scratch = folder;
        distribution = new Distribution(scratch);
        command = new InProcess(scratch);
        corpus = SmallCorpus.write(scratch.resolve("corpus"), DOCUMENTS, QUERIES, 6);
        killed = scratch.resolve("killed");
        Distribution.Running running = startedEvaluating(killed);
        running.process().destroyForcibly();
        assertThat(running.await().code()).isEqualTo(137);
    }

    @Test
    void kill_leavesNoResultAndTheSameCommandResumesToTheFilesOfAnUndisturbedRun() throws Exception {
        Path undisturbed = scratch.resolve("undisturbed");
        command.run(line(undisturbed)).succeeds();
        Path out = copyOfKilled("resumed");
        assertThat(out.resolve("report.json")).doesNotExist();
        assertThat(out.resolve("run.trec")).doesNotExist();

        command.run(line(out)).succeeds();
        assertThat(resumed(out)).isBetween(1, QUERIES - 1);
        assertThat(out.resolve("run.trec")).hasSameBinaryContentAs(undisturbed.resolve("run.trec"));
        assertThat(out.resolve("evaluation.jsonl")).hasSameBinaryContentAs(undisturbed.resolve("evaluation.jsonl"));
    }

    @Test
    void kill_afterTheLastQueryLosesNoAnswer() throws Exception {
        Path out = scratch.resolve("late");
        Distribution.Running running = distribution.start(line(out));
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !running.process().isAlive() || Files.exists(out.resolve("evaluation.jsonl")));
        running.process().destroyForcibly();
        running.await();
        boolean published = Files.exists(out.resolve("report.json"));
        assertThat(published || Files.exists(out.resolve("evaluation.jsonl.checkpoint")))
                .as("the answers are published or in the checkpoint")
                .isTrue();
        if (!published) {
            command.run(line(out)).succeeds();
            assertThat(resumed(out)).isEqualTo(QUERIES);
        }
        assertThat(out.resolve("evaluation.jsonl.checkpoint")).doesNotExist();
    }

    @Test
    @Tag("full")
    void term_stopsCleanlyAndTheSameCommandResumes() throws Exception {
        Path out = scratch.resolve("terminated");
        Distribution.Running running = startedEvaluating(out);
        running.process().destroy();
        Ended ended = running.await();
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
        command.run(line(out)).succeeds();
        assertThat(resumed(out)).isBetween(1, QUERIES - 1);
    }

    @Test
    @Tag("full")
    void fresh_discardsTheCheckpointAndStartsOver() throws Exception {
        Path out = copyOfKilled("fresh");
        String[] line = line(out);
        line[line.length - 1] = "--fresh";
        command.run(line).succeeds();
        assertThat(resumed(out)).isZero();
    }

    @Test
    void resume_withOtherSettingsIsRefused() throws Exception {
        String[] line = line(copyOfKilled("other"));
        line[line.length - 1] = "--retrieve=similarity";
        assertThat(command.run(line).fails(1).err()).contains("evaluation.jsonl.checkpoint", "--fresh");
    }

    private Path copyOfKilled(String name) throws IOException {
        Path copy = scratch.resolve(name);
        try (Stream<Path> files = Files.walk(killed)) {
            for (Path each : files.toList()) {
                Files.copy(each, copy.resolve(killed.relativize(each)));
            }
        }
        return copy;
    }

    /** Returns a process that has evaluated some queries and not all. */
    private Distribution.Running startedEvaluating(Path out) throws IOException {
        Distribution.Running running = distribution.start(line(out));
        Path log = out.resolve("evaluation.jsonl.checkpoint").resolve("00000000000000000000.log");
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !running.process().isAlive() || (Files.exists(log) && Files.size(log) > 10_000));
        assertThat(running.process().isAlive()).as("still evaluating").isTrue();
        return running;
    }

    private String[] line(Path folder) {
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

    private static int resumed(Path out) throws IOException {
        return new ObjectMapper()
                .readTree(out.resolve("report.json").toFile())
                .at("/evaluation/resumed")
                .asInt();
    }
}
