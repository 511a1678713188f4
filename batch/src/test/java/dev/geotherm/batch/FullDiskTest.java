package dev.geotherm.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever the disk becomes full, the job ends, says which file it could not write, and resumes when there is room. */
final class FullDiskTest {
    private static final int ITEMS = 60;

    @TempDir
    Path folder;

    @Test
    void theJobFailsAndResumesWhereverTheDiskBecomesFull() throws Exception {
        Path reference = folder.resolve("reference.jsonl");
        assertThat(run(reference, new Disk(), new AtomicInteger()).status()).isEqualTo(Status.COMPLETED);
        Path output = folder.resolve("results.jsonl");
        int failed = 0;
        for (int room = 150; room < 9_000; room += 397) {
            AtomicInteger evaluated = new AtomicInteger();

            EvaluationReport report = run(output, new FullDisk(room), evaluated);

            if (report.status() == Status.COMPLETED) {
                assertThat(room).isGreaterThan((int) Files.size(reference));
                break;
            }
            failed++;
            assertThat(report.status()).isEqualTo(Status.FAILED);
            assertThat(report.error().orElseThrow()).contains(output.toString()).contains("No space left on device");
            assertThat(output).doesNotExist();
            assertThat(folder.resolve("results.jsonl.partial")).doesNotExist();

            AtomicInteger again = new AtomicInteger();
            EvaluationReport resumed = run(output, new Disk(), again);
            assertThat(resumed.status()).isEqualTo(Status.COMPLETED);
            assertThat(resumed.progress().resumed())
                    .isGreaterThanOrEqualTo(report.progress().done());
            assertThat(again.get()).isEqualTo(ITEMS - resumed.progress().resumed());
            assertThat(output).hasSameBinaryContentAs(reference);
            Files.delete(output);
        }
        assertThat(failed).isGreaterThan(10);
    }

    @Test
    void aDiskThatIsFullFromTheStartIsTold() throws Exception {
        Path output = folder.resolve("results.jsonl");

        assertThatThrownBy(() -> run(output, new FullDisk(10), new AtomicInteger()))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining(output + ".checkpoint")
                .hasMessageContaining("No space left on device");
        assertThat(folder).isEmptyDirectory();
    }

    private static EvaluationReport run(Path output, Disk disk, AtomicInteger evaluated) throws InterruptedException {
        List<EvaluationItem<String>> items = IntStream.range(0, ITEMS)
                .mapToObj(i -> new EvaluationItem<>("item-" + i, "text " + i))
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
        try (LocalEvaluator evaluator = new LocalEvaluator(
                new LocalEvaluatorSettings(3, 2, 0, 10), ComponentContext.standalone("full-disk"), disk)) {
            return evaluator.start(job).await(Duration.ofSeconds(20)).orElseThrow();
        }
    }

    /** A disk that takes so many bytes more, and of the write that is too much only what fits. */
    private static final class FullDisk extends Disk {
        private int room;

        FullDisk(int room) {
            this.room = room;
        }

        @Override
        void write(FileChannel channel, ByteBuffer bytes) throws IOException {
            if (bytes.remaining() > room) {
                super.write(channel, bytes.slice(bytes.position(), room));
                room = 0;
                throw new IOException("No space left on device");
            }
            room -= bytes.remaining();
            super.write(channel, bytes);
        }
    }
}
