package dev.geotherm.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.testkit.SmallDisk;
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

    private SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(temporary.resolve("disk"), KIBIBYTES);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) { // else it could not be mounted
            disk.close();
        }
    }

    @Test
    void start_resumesAfterADiskThatBecameFullAnywhere() throws Exception {
        Path reference = temporary.resolve("reference.jsonl");
        assertThat(evaluate(reference, new AtomicInteger()).status()).isEqualTo(Status.COMPLETED);
        Path output = disk.folder().resolve("results.jsonl");
        int failures = 0;
        for (int free = 16; free < 200; free += 12) {
            Path ballast = disk.fill("ballast", free);

            EvaluationReport report = evaluate(output, new AtomicInteger());

            if (report.status() == Status.COMPLETED) {
                break;
            }
            failures++;
            assertThat(report.status()).isEqualTo(Status.FAILED);
            assertThat(report.error().orElseThrow()).contains(output.toString()).containsIgnoringCase("no space left");
            assertThat(output).doesNotExist();
            assertThat(disk.folder().resolve("results.jsonl.partial")).doesNotExist();

            Files.delete(ballast);
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
        Path output = disk.folder().resolve("results.jsonl");
        Path ballast = disk.fill("ballast", 0);

        String message = "";
        try {
            evaluate(output, new AtomicInteger());
        } catch (EvaluationException refused) {
            message = refused.getMessage();
        }

        assertThat(message).contains(output + ".checkpoint").containsIgnoringCase("no space left");
        Files.delete(ballast);
        assertThat(evaluate(output, new AtomicInteger()).status()).isEqualTo(Status.COMPLETED);
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
}
