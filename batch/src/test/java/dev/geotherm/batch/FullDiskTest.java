package dev.geotherm.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * At whatever point the disk becomes full, the job fails, names the file that it cannot write, and resumes once there
 * is space.
 */
final class FullDiskTest {
    private static final int ITEMS = 60;
    private static final int KIBIBYTES = 512;

    @TempDir
    Path temporary;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(temporary.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + KIBIBYTES + "k", "tmpfs", disk.toString()))
                .as("exit code of mount: a full disk needs a tmpfs, which only root may mount")
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void start_resumesAfterADiskThatBecameFullAnywhere() throws Exception {
        Path reference = temporary.resolve("reference.jsonl");
        assertThat(evaluate(reference, new AtomicInteger()).status()).isEqualTo(Status.COMPLETED);
        Path output = disk.resolve("results.jsonl");
        int failures = 0;
        for (int free = 16; free < 200; free += 12) {
            leaveFree(free);

            EvaluationReport report = evaluate(output, new AtomicInteger());

            if (report.status() == Status.COMPLETED) {
                break;
            }
            failures++;
            assertThat(report.status()).isEqualTo(Status.FAILED);
            assertThat(report.error().orElseThrow()).contains(output.toString()).containsIgnoringCase("no space left");
            assertThat(output).doesNotExist();
            assertThat(disk.resolve("results.jsonl.partial")).doesNotExist();

            Files.delete(disk.resolve("ballast"));
            AtomicInteger again = new AtomicInteger();
            EvaluationReport resumed = evaluate(output, again);
            assertThat(resumed.status()).isEqualTo(Status.COMPLETED);
            assertThat(resumed.progress().resumed())
                    .isGreaterThanOrEqualTo(report.progress().done());
            assertThat(again.get()).isEqualTo(ITEMS - resumed.progress().resumed());
            assertThat(output).hasSameBinaryContentAs(reference);
            Files.delete(output);
        }
        assertThat(failures).isGreaterThan(5);
    }

    @Test
    void start_onAFullDiskIsRefusedAndSucceedsWhenThereIsSpace() throws Exception {
        Path output = disk.resolve("results.jsonl");
        leaveFree(0);

        String message = "";
        try {
            evaluate(output, new AtomicInteger());
        } catch (EvaluationException refused) {
            message = refused.getMessage();
        }

        assertThat(message).contains(output + ".checkpoint").containsIgnoringCase("no space left");
        Files.delete(disk.resolve("ballast"));
        assertThat(evaluate(output, new AtomicInteger()).status()).isEqualTo(Status.COMPLETED);
    }

    /** Fills the disk with a file, except for the given number of kibibytes. */
    private void leaveFree(int kibibytes) throws IOException {
        byte[] block = new byte[1024];
        try (var ballast = Files.newOutputStream(disk.resolve("ballast"))) {
            while (disk.toFile().getUsableSpace() >= 1024L * (kibibytes + 4)) {
                ballast.write(block);
            }
        }
    }

    private static EvaluationReport evaluate(Path output, AtomicInteger evaluated) throws InterruptedException {
        List<EvaluationItem<String>> items = IntStream.range(0, ITEMS)
                .mapToObj(i -> new EvaluationItem<>("item-" + i, "text " + i + " ".repeat(1000)))
                .toList();
        EvaluationJob<String, String> job = new EvaluationJob<>(
                "job",
                items,
                batch -> {
                    evaluated.addAndGet(batch.size());
                    return batch.stream().map(EvaluationItem::input).toList();
                },
                TextNode::valueOf,
                output,
                EvaluationMode.PARALLEL,
                EvaluationListener.none());
        try (LocalEvaluator evaluator =
                new LocalEvaluator(new LocalEvaluatorSettings(3, 2, 0, 10), ComponentContext.standalone("full-disk"))) {
            return evaluator.start(job).await(Duration.ofSeconds(60)).orElseThrow();
        }
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException missing) {
            return -1;
        }
    }
}
