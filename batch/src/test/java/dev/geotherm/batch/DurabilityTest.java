package dev.geotherm.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationReport.Status;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must survive a loss of power is forced to disk, in the order that leaves no gap. */
final class DurabilityTest {
    @TempDir
    Path folder;

    @Test
    void contentIsForcedBeforeItsNameAndTheOutputBeforeTheCheckpointGoes() throws Exception {
        RecordingDisk disk = new RecordingDisk();
        List<EvaluationItem<String>> items = IntStream.range(0, 20)
                .mapToObj(i -> new EvaluationItem<>("item-" + i, "text " + i))
                .toList();
        EvaluationJob<String, String> job = new EvaluationJob<>(
                "job",
                items,
                batch -> batch.stream().map(EvaluationItem::input).toList(),
                TextNode::valueOf,
                folder.resolve("results.jsonl"),
                EvaluationMode.SEQUENTIAL,
                EvaluationListener.none());

        try (LocalEvaluator evaluator = new LocalEvaluator(
                new LocalEvaluatorSettings(5, 1, 0, 10), ComponentContext.standalone("durability"), disk)) {
            assertThat(evaluator.start(job).await().status()).isEqualTo(Status.COMPLETED);
        }

        assertThat(disk.forced)
                .containsExactly(
                        "all of results.jsonl.checkpoint",
                        "[results.jsonl.checkpoint]",
                        "all of results.jsonl.checkpoint",
                        "all of results.jsonl.checkpoint",
                        "all of results.jsonl.partial",
                        "[results.jsonl, results.jsonl.checkpoint]",
                        "[results.jsonl]");
    }

    /** A disk that notes what was there when it was forced. */
    private final class RecordingDisk extends Disk {
        final List<String> forced = Collections.synchronizedList(new ArrayList<>());

        @Override
        void force(FileChannel channel) throws IOException {
            Path partial = folder.resolve("results.jsonl.partial");
            Path file = Files.exists(partial) ? partial : folder.resolve("results.jsonl.checkpoint");
            forced.add((channel.size() == Files.size(file) ? "all of " : "not all of ") + file.getFileName());
            super.force(channel);
        }

        @Override
        void forceFolder(Path path) throws IOException {
            try (var files = Files.list(path)) {
                forced.add(files.map(file -> file.getFileName().toString())
                        .sorted()
                        .toList()
                        .toString());
            }
            super.forceFolder(path);
        }
    }
}
