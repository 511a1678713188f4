package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.inBackground;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clauses that count the outcomes of every fragment while processors fail, throw and hang. */
abstract class OutcomeClauses {
    private static final int PRODUCERS = 4;
    private static final int EACH = 200;
    private static final int A_THIRD = PRODUCERS * EACH / 3;

    private final PipelineFixture fixture;

    OutcomeClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void outcome_isOneWhateverFails() throws Exception {
        RandomCases.run(2, random -> run(random, End.DRAINED));
    }

    @Test
    void outcome_isOneWhenClosedMeanwhile() throws Exception {
        RandomCases.run(2, random -> run(random, End.CLOSED));
        RandomCases.run(1, random -> run(random, End.CLOSED_WHILE_BLOCKED));
    }

    private enum End {
        DRAINED,
        CLOSED,
        CLOSED_WHILE_BLOCKED
    }

    private void run(Random random, End end) throws Exception {
        int workers = fixture.can(PipelinesCapability.SEVERAL_WORKERS) ? 3 : 1;
        PipelineShape shape = PipelineShape.DEFAULT
                .withCapacity(16)
                .withMaxRetries(random.nextInt(3))
                .withWorkers(workers)
                .withBatchTimeout(Duration.ofMillis(50))
                .withCloseTimeout(end == End.DRAINED ? Patience.limit() : Duration.ofMillis(20));
        ChaoticProcessor chaos =
                new ChaoticProcessor(random.nextLong(), end == End.CLOSED_WHILE_BLOCKED ? A_THIRD : Integer.MAX_VALUE);
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline = fixture.open(shape, chaos::process, listener);
        Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();
        List<BackgroundTask<Integer>> producers = new ArrayList<>();
        for (int p = 0; p < PRODUCERS; p++) {
            long seed = random.nextLong();
            String prefix = p + "-";
            producers.add(inBackground(() -> produce(pipeline, prefix, new Random(seed), outcomes)));
        }
        if (end != End.DRAINED) {
            if (end == End.CLOSED_WHILE_BLOCKED) { // with fragments left in the queue
                fixture.eventually(
                        () -> chaos.alwaysBlocks() && pipeline.metrics().queued() > shape.capacity() / 2);
            } else {
                fixture.eventually(() -> pipeline.metrics().accepted() > A_THIRD);
            }
            pipeline.close();
        }
        int accepted = 0;
        for (BackgroundTask<Integer> producer : producers) {
            accepted += fixture.get(producer.result());
        }
        if (end == End.DRAINED) {
            fixture.drain(pipeline);
            pipeline.close();
        }

        PipelineMetrics metrics = pipeline.metrics();
        assertThat(metrics.accepted()).as("accepted").isEqualTo(accepted);
        assertThat(metrics.processed() + metrics.dead() + metrics.journal().handedBack())
                .as("outcomes")
                .isEqualTo(accepted);
        assertThat(metrics.queued() + metrics.inFlight()).as("fragments left").isZero();
        assertThat(outcomes).as("ids with an outcome").hasSize(accepted);
        assertThat(outcomes.values())
                .as("outcomes of each id")
                .allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(listener.letters.stream().map(letter -> letter.fragment().id()))
                .as("dead letters")
                .doesNotHaveDuplicates()
                .hasSize((int) metrics.dead());
    }

    /** Submits until the pipeline is closed; returns how many fragments were accepted. */
    private static int produce(
            IngestionPipeline<String> pipeline, String prefix, Random random, Map<String, AtomicInteger> outcomes)
            throws InterruptedException {
        int accepted = 0;
        try {
            for (int i = 0; i < EACH; i++) {
                Fragment<String> fragment = fragment(prefix + i, Priority.ofLevel(1 + random.nextInt(5)));
                pipeline.submit(fragment).thenAccept(outcome -> note(outcomes, fragment, outcome));
                accepted++;
            }
        } catch (IllegalStateException closed) {
            assertThat(closed).hasMessageNotContaining("queue"); // a full queue must not throw
        }
        return accepted;
    }

    private static void note(Map<String, AtomicInteger> outcomes, Fragment<String> fragment, Outcome outcome) {
        assertThat(outcome).isNotNull();
        outcomes.computeIfAbsent(fragment.id(), id -> new AtomicInteger()).incrementAndGet();
    }

    /** A processor that randomly fails fragments, throws or blocks. */
    private static final class ChaoticProcessor {
        private final Random random;
        private final int healthy;
        private final AtomicInteger seen = new AtomicInteger();
        private final AtomicInteger blocks = new AtomicInteger(3);

        /** Creates a processor that blocks a few batches, and every batch after the first {@code healthy} fragments. */
        ChaoticProcessor(long seed, int healthy) {
            this.random = new Random(seed);
            this.healthy = healthy;
        }

        boolean alwaysBlocks() {
            return seen.get() > healthy;
        }

        void process(Batch<String> batch) throws Exception {
            int dice = random.nextInt(100);
            seen.getAndAdd(batch.fragments().size());
            if (alwaysBlocks() || (dice < 2 && blocks.getAndDecrement() > 0)) {
                new CountDownLatch(1).await(10, TimeUnit.SECONDS);
            } else if (dice < 10) {
                throw new IllegalStateException("planted");
            } else if (dice < 40) {
                failSome(batch, batch.fragments());
            }
        }

        private void failSome(Batch<String> batch, Collection<Fragment<String>> fragments) {
            for (Fragment<String> fragment : fragments) {
                if (random.nextInt(5) == 0) {
                    batch.fail(fragment, new Exception("planted"));
                }
            }
        }
    }
}
