package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.failIds;
import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.inBackground;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clauses about levels, states and listeners. */
abstract class ListenerClauses {
    private final PipelineFixture fixture;

    ListenerClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void onLevel_everyChangeIsReportedOnceInOrder() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT.withBatches(1, 1, Duration.ofHours(1)), processor, listener);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 100);
        assertThat(pipeline.level()).isEqualTo(BackpressureLevel.CRITICAL);
        processor.release();
        fixture.drain(pipeline);

        fixture.eventually(() -> listener.levels.stream().anyMatch(change -> change.get(1) == BackpressureLevel.NONE));
        List<BackpressureLevel> rising = new ArrayList<>(List.of(BackpressureLevel.values()));
        if (!fixture.can(PipelinesCapability.EVERY_LEVEL)) {
            rising.removeIf(level -> level != BackpressureLevel.NONE
                    && listener.levels.stream().noneMatch(change -> change.get(1) == level));
            assertThat(rising).hasSizeLessThan(BackpressureLevel.values().length);
        }
        assertThat(listener.levels).isEqualTo(thereAndBack(rising));
        assertThat(pipeline.level()).isEqualTo(BackpressureLevel.NONE);
        assertThat(pipeline.metrics().highestLevel()).isEqualTo(BackpressureLevel.CRITICAL);
    }

    /** Returns the changes from the first level to the last, and back. */
    private static List<List<BackpressureLevel>> thereAndBack(List<BackpressureLevel> rising) {
        List<List<BackpressureLevel>> changes = new ArrayList<>();
        for (int i = 1; i < rising.size(); i++) {
            changes.add(List.of(rising.get(i - 1), rising.get(i)));
        }
        for (int i = rising.size() - 1; i > 0; i--) {
            changes.add(List.of(rising.get(i), rising.get(i - 1)));
        }
        return changes;
    }

    @Test
    void onLevel_isNotReportedForEveryBatchOfAFullQueue() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT.withBatches(1, 1, Duration.ofHours(1)), processor, listener);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 100);
        for (int i = 0; i < 20; i++) {
            int entered = processor.entered.get();
            processor.releaseOne();
            fixture.eventually(() -> processor.entered.get() > entered);
            putAll(pipeline, "g", i % 7 == 6 ? 7 : 0);
        }
        processor.release();
        fixture.drain(pipeline);

        fixture.eventually(() -> listener.levels.stream().anyMatch(change -> change.get(1) == BackpressureLevel.NONE));
        assertThat(listener.levels).hasSameSizeAs(Set.copyOf(listener.levels));
    }

    @Test
    void state_followsHighWatermark() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacity(10), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 7);
        assertThat(pipeline.state()).isEqualTo(PipelineState.RUNNING);
        putAll(pipeline, "g", 2);
        assertThat(pipeline.state()).isEqualTo(PipelineState.BACKPRESSURE);

        processor.release();
        fixture.drain(pipeline);
        fixture.eventually(() -> pipeline.state() == PipelineState.RUNNING);
    }

    @Test
    void onState_everyChangeIsReportedOnceInOrder() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withCapacity(10), processor, listener);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 10);
        processor.release();
        fixture.drain(pipeline);
        pipeline.close();

        fixture.eventually(() -> !listener.states.isEmpty()
                && listener.states.get(listener.states.size() - 1).get(1) == PipelineState.STOPPED);
        List<List<PipelineState>> states = new ArrayList<>(listener.states);
        states.remove(List.of(PipelineState.STARTING, PipelineState.RUNNING)); // may precede the listener
        assertThat(states)
                .containsExactly(
                        List.of(PipelineState.RUNNING, PipelineState.BACKPRESSURE),
                        List.of(PipelineState.BACKPRESSURE, PipelineState.RUNNING),
                        List.of(PipelineState.RUNNING, PipelineState.DRAINING),
                        List.of(PipelineState.DRAINING, PipelineState.STOPPED));
        assertThat(pipeline.state()).isEqualTo(PipelineState.STOPPED);
    }

    @Test
    void onBatch_reportsEveryBatchWithItsFailures() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked(batch -> failIds(batch, "bad"));
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withMaxRetries(0), processor, listener);
        fixture.plug(pipeline, processor);
        pipeline.putAll(List.of(fragment("good"), fragment("bad"), fragment("better")));
        processor.release();
        fixture.drain(pipeline);

        fixture.eventually(
                () -> listener.batches.stream().mapToInt(batch -> batch.get(0)).sum() == 4);
        assertThat(listener.batches.stream().mapToInt(batch -> batch.get(1)).sum())
                .isEqualTo(1);
        assertThat(pipeline.metrics().batches()).isEqualTo(listener.batches.size());
    }

    @Test
    void listener_isCalledByOneThreadAtATime() throws Exception {
        RecordingListener listener = new RecordingListener();
        int workers = fixture.can(PipelinesCapability.SEVERAL_WORKERS) ? 3 : 1;
        IngestionPipeline<String> pipeline = fixture.open(
                PipelineShape.DEFAULT.withCapacity(4).withMaxRetries(0).withWorkers(workers),
                batch -> batch.fragments().forEach(one -> batch.fail(one, new Exception("planted"))),
                listener);
        List<BackgroundTask<Boolean>> producers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String prefix = i + "-";
            producers.add(inBackground(() -> {
                putAll(pipeline, prefix, 200);
                return true;
            }));
        }
        for (BackgroundTask<Boolean> producer : producers) {
            fixture.get(producer.result());
        }
        fixture.drain(pipeline);
        fixture.eventually(() -> listener.letters.size() == 600);

        assertThat(listener.mostInside).hasValue(1);
    }

    @Test
    void listener_isCalledOutsideOfLocks() throws Exception {
        CompletableFuture<IngestionPipeline<String>> opened = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        PipelineListener<String> asking = new PipelineListener<>() {
            @Override
            public void onDeadLetter(DeadLetter<String> letter) {
                // Another thread can use the pipeline while this one is inside the listener.
                if (inBackground(() -> opened.join().offer(fragment("good")).accepted()
                                && opened.join().metrics().accepted() == 2)
                        .result()
                        .completeOnTimeout(false, Patience.limit().toMillis() / 2, TimeUnit.MILLISECONDS)
                        .join()) {
                    asked.countDown();
                }
            }
        };
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT.withMaxRetries(0), batch -> failIds(batch, "bad"), asking);
        opened.complete(pipeline);
        pipeline.put(fragment("bad"));

        fixture.eventually(() -> asked.getCount() == 0);
    }

    @Test
    void listener_exceptionChangesNothing() throws Exception {
        PipelineListener<String> throwing = new RecordingListener() {
            @Override
            public void onLevel(BackpressureLevel from, BackpressureLevel to) {
                throw new IllegalStateException("planted");
            }

            @Override
            public void onState(PipelineState from, PipelineState to) {
                throw new IllegalStateException("planted");
            }

            @Override
            public void onBatch(int size, int failed, Duration took) {
                throw new IllegalStateException("planted");
            }

            @Override
            public void onDeadLetter(DeadLetter<String> letter) {
                throw new AssertionError("planted");
            }
        };
        IngestionPipeline<String> pipeline = fixture.open(
                PipelineShape.DEFAULT.withCapacity(2).withMaxRetries(0), batch -> failIds(batch, "bad"), throwing);

        assertThat(fixture.outcome(pipeline, fragment("bad"))).isInstanceOf(Outcome.Dead.class);
        putAll(pipeline, "f", 20);
        fixture.drain(pipeline);
        assertThatCode(pipeline::close).doesNotThrowAnyException();
        assertThat(pipeline.metrics().processed()).isEqualTo(20);
        assertThat(pipeline.state()).isEqualTo(PipelineState.STOPPED);
    }
}
