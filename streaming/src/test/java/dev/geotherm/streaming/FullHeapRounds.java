package dev.geotherm.streaming;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** The program of {@link FullHeapTest}: each round fills the heap while producers and workers are busy. */
final class FullHeapRounds {
    private static final int PRODUCERS = 2;
    private static final int FRAGMENTS = 1_500;

    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger outcomes = new AtomicInteger();
    private final AtomicReference<Throwable> unexpected = new AtomicReference<>();

    private FullHeapRounds() {}

    public static void main(String[] args) throws Exception {
        for (int round = 0; round < Integer.parseInt(args[0]); round++) {
            String result = new FullHeapRounds().run(Integer.parseInt(args[1]));
            System.out.println("round " + round + ": " + result);
        }
        System.exit(0);
    }

    private String run(int fillings) throws Exception {
        LanePipelines pipelines = new LanePipelines(
                new LanePipelinesSettings(
                        TestSettings.backpressure(200, 0, 0.8),
                        TestSettings.batches(20, Duration.ofMinutes(5)),
                        TestSettings.retries(2),
                        2,
                        Duration.ofSeconds(20)),
                ComponentContext.standalone("heap"));
        IngestionPipeline<String> pipeline = pipelines.open(PipelineSpec.<String>of("heap", batch -> {
                    for (int i = 0; i < batch.fragments().size(); i++) {
                        if (batch.fragments().get(i).content().endsWith("7")) {
                            batch.fail(batch.fragments().get(i), new IllegalStateException("planted"));
                        }
                    }
                })
                .withListener(new PipelineListener<>() {
                    @Override
                    public void onBatch(int size, int failed, Duration took) {
                        List<Integer> garbage = new ArrayList<>(size);
                        garbage.add(failed);
                    }
                }));
        List<Thread> producers = new ArrayList<>();
        for (int p = 0; p < PRODUCERS; p++) {
            producers.add(new Thread(() -> produce(pipeline)));
        }
        producers.forEach(Thread::start);
        for (int i = 0; i < fillings; i++) {
            LockSupport.parkNanos(20_000_000);
            fillHeap();
        }
        for (Thread producer : producers) {
            producer.join();
        }
        boolean drained = pipeline.drain(Duration.ofSeconds(30));
        PipelineMetrics metrics = pipeline.metrics();
        pipelines.close();
        for (int i = 0; i < 1_000 && outcomes.get() < accepted.get(); i++) {
            LockSupport.parkNanos(1_000_000);
        }
        boolean balanced = metrics.processed() + metrics.dead() == metrics.accepted()
                && metrics.queued() + metrics.inFlight() == 0
                && metrics.accepted() >= accepted.get();
        boolean complete = outcomes.get() == accepted.get();
        return drained && balanced && complete && unexpected.get() == null
                ? "ok"
                : "drained " + drained + ", " + outcomes + " outcomes of " + accepted + ", " + unexpected.get() + ", "
                        + metrics;
    }

    private void produce(IngestionPipeline<String> pipeline) {
        for (int i = 0; i < FRAGMENTS; ) {
            try {
                CompletionStage<Outcome> outcome =
                        pipeline.submit(TestFragments.fragment("f" + i, Priority.ofLevel(1 + i % 5)));
                accepted.incrementAndGet();
                i++;
                observe(outcome);
            } catch (OutOfMemoryError full) {
                LockSupport.parkNanos(1_000_000);
            } catch (Throwable other) {
                unexpected.compareAndSet(null, other);
                return;
            }
        }
    }

    /** Counts an outcome, however long the heap is full. */
    private void observe(CompletionStage<Outcome> outcome) {
        while (true) {
            try {
                outcome.whenComplete((result, error) -> outcomes.incrementAndGet());
                return;
            } catch (OutOfMemoryError full) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Fills the heap to the last bytes, and frees it after a moment. */
    private static void fillHeap() {
        Object[] chain = null;
        for (int size = 1 << 18; size >= 1; ) {
            try {
                Object[] next = new Object[size];
                next[0] = chain;
                chain = next;
            } catch (OutOfMemoryError full) {
                size /= 4;
            }
        }
        LockSupport.parkNanos(50_000_000);
        if (chain == null) {
            throw new IllegalStateException("nothing could be allocated");
        }
    }
}
