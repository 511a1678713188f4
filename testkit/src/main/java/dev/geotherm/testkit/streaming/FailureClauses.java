package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.failIds;
import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static dev.geotherm.testkit.streaming.PipelineFixture.putInBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.FailureKind;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Clauses about failures, retries and dead letters. */
abstract class FailureClauses {
    private static final PipelineShape ONE_BY_ONE = PipelineShape.DEFAULT.withBatches(1, 1, Duration.ofHours(1));
    private final PipelineFixture fixture;

    FailureClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void fail_affectsOneFragment() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked(batch -> failIds(batch, "bad"));
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor, listener);
        fixture.plug(pipeline, processor);
        pipeline.putAll(List.of(fragment("good1"), fragment("bad"), fragment("good2")));
        processor.release();
        fixture.drain(pipeline);

        assertThat(Collections.frequency(processor.ids(), "good1")).isEqualTo(1);
        assertThat(Collections.frequency(processor.ids(), "good2")).isEqualTo(1);
        assertThat(pipeline.metrics().processed()).isEqualTo(3);
        assertThat(pipeline.metrics().dead()).isEqualTo(1);
    }

    @Test
    void fail_foreignFragmentIsRefused() throws Exception {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {
            try {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> batch.fail(fragment("stranger"), new Exception("planted")));
            } catch (AssertionError wrong) {
                refused.set(wrong);
            }
        });

        assertThat(fixture.outcome(pipeline, fragment("a"))).isEqualTo(new Outcome.Processed(1));
        assertThat(refused.get()).isNull();
    }

    @Test
    void retry_repeatsUntilSuccess() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {
            if (tries.incrementAndGet() < 3) {
                failIds(batch, "a");
            }
        });

        assertThat(fixture.outcome(pipeline, fragment("a"))).isEqualTo(new Outcome.Processed(3));
        assertThat(pipeline.metrics().retried()).isEqualTo(2);
    }

    @Test
    void deadLetter_hasFragmentAttemptsAndLastError() throws Exception {
        List<Exception> errors = new ArrayList<>();
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline = fixture.open(
                PipelineShape.DEFAULT.withMaxRetries(2),
                batch -> batch.fragments().forEach(one -> {
                    errors.add(new Exception("planted " + errors.size()));
                    batch.fail(one, errors.get(errors.size() - 1));
                }),
                listener);
        Fragment<String> bad = fragment("bad", Priority.HIGH);
        Instant before = Instant.now();

        fixture.outcome(pipeline, bad);

        fixture.eventually(() -> listener.letters.size() == 1);
        assertThat(errors).hasSize(3);
        DeadLetter<String> letter = listener.letters.get(0);
        assertThat(letter).isEqualTo(new DeadLetter<>(bad, 3, errors.get(2), letter.at()));
        assertThat(letter.at()).isBetween(before, Instant.now());
    }

    @Test
    void retry_zeroRetriesMeansOneAttempt() throws Exception {
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT.withMaxRetries(0), batch -> failIds(batch, "a"));

        assertThat(fixture.outcome(pipeline, fragment("a")).attempts()).isEqualTo(1);
        assertThat(pipeline.metrics().retried()).isZero();
    }

    @Test
    void retry_hasLowerPriority() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked(batch -> failIds(batch, "bad"));
        IngestionPipeline<String> pipeline = fixture.open(ONE_BY_ONE.withMaxRetries(1), processor);
        pipeline.put(fragment("bad", Priority.HIGH));
        fixture.eventually(() -> processor.entered.get() == 1);
        pipeline.put(fragment("high", Priority.HIGH));
        pipeline.put(fragment("normal", Priority.NORMAL));
        processor.release();
        fixture.drain(pipeline);

        assertThat(processor.ids()).containsExactly("bad", "high", "normal", "bad");
    }

    @Test
    void retry_isAcceptedByFullQueue() throws Exception {
        ControllableProcessor processor =
                ControllableProcessor.blocked(batch -> failIds(batch, "bad0", "bad1", "bad2"));
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT.withCapacity(3).withMaxRetries(1), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "bad", 3);
        List<BackgroundTask<Boolean>> producers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            producers.add(putInBackground(pipeline, "good" + i));
        }
        processor.release();
        for (BackgroundTask<Boolean> producer : producers) {
            fixture.get(producer.result());
        }
        fixture.drain(pipeline);

        assertThat(pipeline.metrics().processed()).isEqualTo(4);
        assertThat(pipeline.metrics().dead()).isEqualTo(3);
    }

    @Test
    void process_exceptionAffectsOnlyBadFragment() throws Exception {
        IllegalArgumentException error = new IllegalArgumentException("planted");
        ControllableProcessor processor = ControllableProcessor.blocked(batch -> throwOnBad(batch, error));
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withMaxRetries(0), processor, listener);
        fixture.plug(pipeline, processor);
        pipeline.putAll(List.of(fragment("good1"), fragment("bad"), fragment("good2"), fragment("good3")));
        processor.release();
        fixture.drain(pipeline);
        fixture.eventually(() -> listener.letters.size() == 1);

        assertThat(pipeline.metrics().processed()).isEqualTo(4);
        assertThat(listener.letters.get(0).fragment().id()).isEqualTo("bad");
        assertThat(listener.letters.get(0).error()).isSameAs(error);
        assertThat(processor.batches).contains(List.of("bad"));
    }

    @Test
    void process_badFragmentIsIsolatedByHalving() throws Exception {
        int size = 200;
        ControllableProcessor processor =
                ControllableProcessor.blocked(batch -> throwOnBad(batch, new IllegalArgumentException("planted")));
        RecordingListener listener = new RecordingListener();
        PipelineShape shape = PipelineShape.DEFAULT
                .withCapacity(2 * size)
                .withBatches(size, size, Duration.ofHours(1))
                .withMaxRetries(0);
        IngestionPipeline<String> pipeline = fixture.open(shape, processor, listener);
        fixture.plug(pipeline, processor);
        for (int i = 0; i < size; i++) {
            pipeline.put(fragment(i == 137 ? "bad" : "good" + i, Priority.ofLevel(1 + i % 5)));
        }
        processor.release();
        fixture.drain(pipeline);
        fixture.eventually(() -> listener.letters.size() == 1);

        assertThat(listener.letters.get(0).attempts()).isLessThanOrEqualTo(9);
        assertThat(Collections.frequency(processor.ids(), "bad"))
                .isEqualTo(listener.letters.get(0).attempts());
        assertThat(processor.batches).hasSizeLessThanOrEqualTo(1 + 17);
        assertThat(pipeline.metrics().processed()).isEqualTo(size);
    }

    @Test
    void classifier_finalFailureIsNotRetried() throws Exception {
        IngestionPipeline<String> pipeline = fixture.create(PipelineShape.DEFAULT)
                .open(fixture.specification(PipelineSpec.<String>of(
                                "final", batch -> throwOnBad(batch, new IllegalArgumentException("planted"))))
                        .withClassifier(failure -> FailureKind.FINAL));

        assertThat(fixture.outcome(pipeline, fragment("bad")).attempts()).isEqualTo(1);
        assertThat(pipeline.metrics().dead()).isEqualTo(1);
    }

    @Test
    void classifier_exceptionChangesNothing() throws Exception {
        IllegalArgumentException error = new IllegalArgumentException("planted");
        IngestionPipeline<String> pipeline = fixture.create(PipelineShape.DEFAULT.withMaxRetries(1))
                .open(fixture.specification(PipelineSpec.<String>of("unclassified", batch -> throwOnBad(batch, error)))
                        .withClassifier(failure -> {
                            throw new IllegalStateException("planted too");
                        }));

        assertThat(fixture.outcome(pipeline, fragment("bad"))).isEqualTo(new Outcome.Dead(2, error));
    }

    @Test
    void process_errorFailsOnlyItsBatch() throws Exception {
        IngestionPipeline<String> pipeline = fixture.open(
                PipelineShape.DEFAULT.withMaxRetries(0), batch -> throwOnBad(batch, new StackOverflowError("planted")));

        assertThat(fixture.outcome(pipeline, fragment("bad"))).isInstanceOf(Outcome.Dead.class);
        assertThat(fixture.outcome(pipeline, fragment("good"))).isEqualTo(new Outcome.Processed(1));
    }

    private static <E extends Throwable> void throwOnBad(Batch<String> batch, E error) throws E {
        if (batch.fragments().stream().anyMatch(one -> one.id().equals("bad"))) {
            throw error;
        }
    }
}
