package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.awaitIgnoringInterrupts;
import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.inBackground;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clauses about batches that exceed their timeout. */
abstract class TimeoutClauses {
    private final PipelineFixture fixture;

    TimeoutClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    private final PipelineShape hasty =
            PipelineShape.DEFAULT.withBatchTimeout(Duration.ofMillis(150)).withMaxRetries(0);

    @Test
    void timeout_interruptsBatchAndMakesDeadLetter() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        IngestionPipeline<String> pipeline = fixture.open(hasty, batch -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw stopped;
            }
        });

        Outcome outcome = fixture.outcome(pipeline, fragment("slow"));

        assertThat(outcome).isInstanceOf(Outcome.Dead.class);
        assertThat(((Outcome.Dead) outcome).error()).isInstanceOf(TimeoutException.class);
        assertThat(fixture.get(inBackground(() -> {
                            interrupted.await();
                            return true;
                        })
                        .result()))
                .isTrue();
        assertThat(pipeline.metrics().timeouts()).isEqualTo(1);
    }

    @Test
    void timeout_isRetried() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        IngestionPipeline<String> pipeline = fixture.open(hasty.withMaxRetries(1), batch -> {
            if (tries.incrementAndGet() == 1) {
                new CountDownLatch(1).await();
            }
        });

        assertThat(fixture.outcome(pipeline, fragment("slow"))).isEqualTo(new Outcome.Processed(2));
    }

    @Test
    void timeout_lateSuccessIsNoSecondOutcome() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline = fixture.open(
                hasty,
                batch -> {
                    if (batch.fragments().get(0).id().equals("slow")) {
                        awaitIgnoringInterrupts(late);
                    }
                },
                listener);

        assertThat(fixture.outcome(pipeline, fragment("slow"))).isInstanceOf(Outcome.Dead.class);
        late.countDown();
        fixture.outcome(pipeline, fragment("next"));

        assertThat(pipeline.metrics().processed()).isEqualTo(1);
        assertThat(pipeline.metrics().dead()).isEqualTo(1);
        assertThat(pipeline.metrics().batches()).isEqualTo(2);
    }

    @Test
    void timeout_interruptDoesNotReachNextBatch() throws Exception {
        Set<String> interrupted = ConcurrentHashMap.newKeySet();
        IngestionPipeline<String> pipeline = fixture.open(hasty, batch -> {
            String id = batch.fragments().get(0).id();
            if (id.equals("slow")) {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            } else if (Thread.currentThread().isInterrupted()) {
                interrupted.add(id);
            }
        });

        fixture.outcome(pipeline, fragment("slow"));
        fixture.outcome(pipeline, fragment("next"));

        assertThat(interrupted).isEmpty();
    }

    @Test
    void timeout_workerThatIgnoresTheInterruptIsReplaced() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        IngestionPipeline<String> pipeline = fixture.open(hasty, batch -> {
            if (batch.fragments().get(0).id().equals("hung")) {
                awaitIgnoringInterrupts(hung);
            }
        });
        try {
            assertThat(fixture.outcome(pipeline, fragment("hung"))).isInstanceOf(Outcome.Dead.class);
            BackgroundTask<Outcome> next = inBackground(() -> fixture.outcome(pipeline, fragment("next")));
            if (fixture.can(PipelinesCapability.REPLACES_WORKERS)) {
                assertThat(fixture.get(next.result())).isEqualTo(new Outcome.Processed(1));
                assertThat(pipeline.metrics().stuckWorkers()).isEqualTo(1);
            } else {
                fixture.staysBlocked(next);
                assertThat(pipeline.metrics().stuckWorkers()).isZero();
            }
            hung.countDown();
            assertThat(fixture.get(next.result())).isEqualTo(new Outcome.Processed(1));
        } finally {
            hung.countDown();
        }
        fixture.eventually(() -> pipeline.metrics().stuckWorkers() == 0);
        assertThat(fixture.outcome(pipeline, fragment("last"))).isEqualTo(new Outcome.Processed(1));
    }
}
