package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static dev.geotherm.testkit.streaming.PipelineFixture.putInBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.api.streaming.RefusedException;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clauses about the signals that the backpressure level follows. */
abstract class LevelClauses {
    private static final Duration LIMIT = Duration.ofMillis(20);
    private static final PipelineShape ONE_BY_ONE = PipelineShape.DEFAULT.withBatches(1, 1, Duration.ofHours(1));

    private final PipelineFixture fixture;

    LevelClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void level_followsPredictedSojourn() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(ONE_BY_ONE.withSojournLimit(LIMIT), processor);
        fixture.plug(pipeline, processor);
        long entered = System.nanoTime();
        fixture.eventually(() -> System.nanoTime() - entered > LIMIT.toNanos());
        putAll(pipeline, "a", 3);
        assertThat(pipeline.level()).as("nothing is known yet").isEqualTo(BackpressureLevel.NONE);
        processor.releaseOne();
        fixture.eventually(() -> processor.entered.get() == 2);
        putAll(pipeline, "b", 8); // a tenth of the capacity waits

        if (fixture.can(PipelinesCapability.LEVELS_BY_TIME)) {
            assertThat(pipeline.level()).isEqualTo(BackpressureLevel.CRITICAL);
            PipelineMetrics metrics = pipeline.metrics();
            assertThat(metrics.levelSignal()).isEqualTo(BackpressureLevel.Signal.SOJOURN);
            assertThat(metrics.levelSignalFraction()).isGreaterThan(0.9);
            assertThat(metrics.predictedSojourn()).isGreaterThan(LIMIT.multipliedBy(8));
        } else {
            assertThat(pipeline.level()).isEqualTo(BackpressureLevel.NONE);
        }
        processor.release();
        fixture.drain(pipeline);
        fixture.eventually(() -> pipeline.level() == BackpressureLevel.NONE);
    }

    @Test
    void level_followsAgeOfTheOldest() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(ONE_BY_ONE.withAgeLimit(LIMIT), processor);
        fixture.plug(pipeline, processor);
        pipeline.put(fragment("waiting"));

        if (fixture.can(PipelinesCapability.LEVELS_BY_TIME)) {
            fixture.eventually(() -> pipeline.level() == BackpressureLevel.CRITICAL);
            PipelineMetrics metrics = pipeline.metrics();
            assertThat(metrics.levelSignal()).isEqualTo(BackpressureLevel.Signal.AGE);
            assertThat(metrics.levelSignalFraction()).isGreaterThan(0.9);
            assertThat(metrics.oldestAge()).isGreaterThan(LIMIT.multipliedBy(9).dividedBy(10));
        } else {
            assertThat(pipeline.level()).isEqualTo(BackpressureLevel.NONE);
        }
        processor.release();
        fixture.drain(pipeline);
        fixture.eventually(() -> pipeline.level() == BackpressureLevel.NONE);
    }

    @Test
    void level_raisedByFillReportsTheFillSignal() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(ONE_BY_ONE, processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 100);

        assertThat(pipeline.level()).isEqualTo(BackpressureLevel.CRITICAL);
        assertThat(pipeline.metrics().levelSignal()).isEqualTo(BackpressureLevel.Signal.FILL);
        assertThat(pipeline.metrics().levelSignalFraction()).isBetween(0.9, 1.0);
    }

    @Test
    void put_atCriticalLevelIsRefusedIfTheSettingsAskForIt() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline =
                fixture.open(ONE_BY_ONE.withCapacity(10).withRefusalWhenCritical(), processor);
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 9);
        pipeline.put(fragment("urgent", Priority.HIGHEST));
        assertThat(pipeline.level()).isEqualTo(BackpressureLevel.CRITICAL);

        BackgroundTask<Boolean> producer = putInBackground(pipeline, "late");
        if (fixture.can(PipelinesCapability.REFUSES_WHEN_CRITICAL)) {
            assertThatThrownBy(() -> fixture.get(producer.result()))
                    .cause()
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(Offer.REFUSED_BACKPRESSURE));
            assertThatThrownBy(() -> pipeline.submit(fragment("full", Priority.HIGHEST)))
                    .isInstanceOf(RefusedException.class);
            assertThat(pipeline.metrics().refused()).isEqualTo(2);
            assertThat(pipeline.metrics().accepted()).isEqualTo(11);
        } else {
            fixture.staysBlocked(producer);
        }
        processor.release();
        fixture.drain(pipeline);
    }

    @Test
    void put_thatWaitsIsRefusedWhenNewSettingsAskForIt() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.REFUSES_WHEN_CRITICAL), "nothing is refused");
        ControllableProcessor processor = ControllableProcessor.blocked();
        PipelineShape shape = ONE_BY_ONE.withCapacity(10);
        IngestionPipelines component = fixture.create(shape);
        IngestionPipeline<String> pipeline = fixture.open(component, "clause", processor, new RecordingListener());
        fixture.plug(pipeline, processor);
        putAll(pipeline, "f", 10);
        BackgroundTask<Boolean> producer = putInBackground(pipeline, "late");
        fixture.staysBlocked(producer);
        fixture.reconfigure(component, shape.withRefusalWhenCritical());

        assertThatThrownBy(() -> fixture.get(producer.result())).hasCauseInstanceOf(RefusedException.class);
        assertThat(pipeline.metrics().accepted()).isEqualTo(11);
        assertThat(pipeline.metrics().refused()).isEqualTo(1);
        processor.release();
        fixture.drain(pipeline);
        assertThat(processor.ids()).doesNotContain("late");
    }

    @Test
    void offer_atCriticalLevelByTimeIsRefusedIfTheSettingsAskForIt() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.LEVELS_BY_TIME), "the level follows the fill only");
        assumeTrue(fixture.can(PipelinesCapability.REFUSES_WHEN_CRITICAL), "nothing is refused");
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline =
                fixture.open(ONE_BY_ONE.withAgeLimit(LIMIT).withRefusalWhenCritical(), processor);
        fixture.plug(pipeline, processor);
        pipeline.put(fragment("waiting"));
        fixture.eventually(() -> pipeline.level() == BackpressureLevel.CRITICAL);

        assertThat(pipeline.offer(fragment("refused"))).isEqualTo(Offer.REFUSED_BACKPRESSURE);
        assertThat(pipeline.offer(fragment("urgent", Priority.HIGHEST))).isEqualTo(Offer.ACCEPTED);
        processor.release();
        fixture.drain(pipeline);
        fixture.eventually(() -> pipeline.offer(fragment("later")).accepted());
    }
}
