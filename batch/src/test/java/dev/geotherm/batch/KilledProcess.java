package dev.geotherm.batch;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationReport.Status;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A process to be killed: it evaluates a corpus, and counts in a mapped file how often it evaluated each item. */
final class KilledProcess {
    static final int ITEMS = 3_000;
    static final int BATCH = 5;
    static final int WORKERS = 2;
    private static final LocalEvaluatorSettings SETTINGS = new LocalEvaluatorSettings(BATCH, WORKERS, 0, 100);
    private static final int SLOW = 20; // a pause after this many batches leaves time for the kill
    private static final long PAUSE_NANOS = 1_000_000;

    private KilledProcess() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(
                evaluate(Path.of(arguments[0]), EvaluationMode.valueOf(arguments[1])) == Status.COMPLETED_WITH_FAILURES
                        ? 0
                        : 1);
    }

    static Path counts(Path output) {
        return output.resolveSibling("counts");
    }

    static MappedByteBuffer map(Path output) throws Exception {
        try (FileChannel channel = FileChannel.open(
                counts(output), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, ITEMS);
        }
    }

    static Status evaluate(Path output, EvaluationMode mode) throws Exception {
        MappedByteBuffer counts = map(output);
        List<EvaluationItem<Integer>> items = IntStream.range(0, ITEMS)
                .mapToObj(i -> new EvaluationItem<>("item-" + i, i))
                .toList();
        EvaluationJob<Integer, String> job = new EvaluationJob<>(
                "killed",
                items,
                batch -> evaluate(batch, counts),
                TextNode::valueOf,
                output,
                mode,
                EvaluationListener.none());
        try (LocalEvaluator evaluator = new LocalEvaluator(SETTINGS, ComponentContext.standalone("killed"))) {
            return evaluator.start(job).await().status();
        }
    }

    private static List<String> evaluate(List<EvaluationItem<Integer>> batch, MappedByteBuffer counts) {
        for (EvaluationItem<Integer> item : batch) {
            if (batch.size() == 1 && item.input() % 97 == 0) {
                counts.put(item.input(), (byte) (counts.get(item.input()) + 1));
            }
            if (item.input() % 97 == 0) {
                throw new IllegalStateException("item " + item.input() + " always fails");
            }
        }
        for (EvaluationItem<Integer> item : batch) {
            counts.put(item.input(), (byte) (counts.get(item.input()) + 1));
        }
        if (batch.get(0).input() % SLOW == 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return batch.stream().map(item -> "x".repeat(item.input() % 50)).toList();
    }
}
