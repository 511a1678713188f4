package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.closeInBackground;
import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static dev.geotherm.testkit.streaming.PipelineFixture.putInBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.UnavailableException;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Clauses about outages of what the processor depends on. */
abstract class OutageClauses {
    private static final PipelineShape NO_RETRIES = PipelineShape.DEFAULT.withMaxRetries(0);

    private final PipelineFixture fixture;
    private final AtomicBoolean down = new AtomicBoolean(true);

    OutageClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    private void throwWhileDown(Batch<String> batch) {
        if (down.get()) {
            throw new UnavailableException("planted", new ConnectException("planted"));
        }
    }

    @Test
    void outage_holdsFragmentsUntilItEnds() throws Exception {
        ControllableProcessor processor = ControllableProcessor.unblocked(this::throwWhileDown);
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline = fixture.open(NO_RETRIES, processor, listener);
        putAll(pipeline, "f", 30);
        if (!fixture.can(PipelinesCapability.OUTAGES)) {
            fixture.drain(pipeline);
            assertThat(pipeline.metrics().dead()).isEqualTo(30);
            assertThat(pipeline.metrics().outages()).isZero();
            return;
        }

        fixture.eventually(() -> listener.unavailable.size() >= 5);
        assertThat(pipeline.state()).isEqualTo(PipelineState.UNAVAILABLE);
        fixture.eventually(() -> {
            PipelineMetrics metrics = pipeline.metrics(); // both numbers of one moment
            return metrics.queued() + metrics.inFlight() == 30;
        });
        assertThat(listener.unavailable).hasOnlyElementsOfType(UnavailableException.class);
        down.set(false);
        fixture.drain(pipeline);

        assertThat(pipeline.metrics().processed()).isEqualTo(30);
        assertThat(pipeline.metrics().outages()).isEqualTo(1);
        assertThat(pipeline.metrics().unavailableTime()).isPositive();
        assertThat(listener.letters).isEmpty();
        fixture.eventually(() -> pipeline.state() == PipelineState.RUNNING);
        assertThat(fixture.outcome(pipeline, fragment("later"))).isEqualTo(new Outcome.Processed(1));
    }

    @Test
    void outage_slowsProducersDown() throws Exception {
        assumeOutages();
        ControllableProcessor processor = ControllableProcessor.unblocked(this::throwWhileDown);
        IngestionPipeline<String> pipeline = fixture.open(NO_RETRIES.withCapacity(10), processor);
        pipeline.put(fragment("first"));
        fixture.eventually(() -> pipeline.state() == PipelineState.UNAVAILABLE
                && pipeline.metrics().queued() == 1);
        putAll(pipeline, "f", 9);
        BackgroundTask<Boolean> producer = putInBackground(pipeline, "late");
        assertThat(pipeline.level()).isGreaterThanOrEqualTo(BackpressureLevel.HIGH);
        down.set(false);

        assertThat(fixture.get(producer.result())).isTrue();
        fixture.drain(pipeline);
        assertThat(pipeline.metrics().processed()).isEqualTo(11);
    }

    @Test
    void outage_isSeenWhenEveryFragmentFails() throws Exception {
        assumeOutages();
        ControllableProcessor processor = ControllableProcessor.unblocked(batch -> {
            if (down.get()) {
                batch.fragments().forEach(one -> batch.fail(one, new ConnectException("planted")));
            }
        });
        IngestionPipeline<String> pipeline = fixture.open(NO_RETRIES, processor);
        putAll(pipeline, "f", 30);
        fixture.eventually(() -> processor.entered.get() >= 3);
        assertThat(pipeline.state()).isEqualTo(PipelineState.UNAVAILABLE);
        down.set(false);
        fixture.drain(pipeline);

        assertThat(pipeline.metrics().processed()).isEqualTo(30);
    }

    @Test
    void outage_causedByOneFragmentHoldsUpNoOther() throws Exception {
        assumeOutages();
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline = fixture.open(
                NO_RETRIES,
                batch -> {
                    if (batch.fragments().stream().anyMatch(one -> one.id().equals("bad"))) {
                        throw new UnavailableException("planted", null);
                    }
                },
                listener);
        pipeline.put(fragment("bad"));
        putAll(pipeline, "f", 30);
        for (int more = 0; listener.letters.isEmpty() && more < 1_000; more++) {
            assertThat(fixture.outcome(pipeline, fragment("more" + more))).isInstanceOf(Outcome.Processed.class);
        }
        fixture.drain(pipeline);

        assertThat(listener.letters.stream().map(letter -> letter.fragment().id()))
                .containsExactly("bad");
    }

    @Test
    void outage_closeEndsWithinItsLimit() throws Exception {
        assumeOutages();
        IngestionPipeline<String> pipeline =
                fixture.open(NO_RETRIES.withCloseTimeout(Duration.ofMillis(50)), this::throwWhileDown);
        CompletionStage<Outcome> held = pipeline.submit(fragment("held"));
        fixture.eventually(() -> pipeline.state() == PipelineState.UNAVAILABLE);

        fixture.get(closeInBackground(pipeline).result());

        if (fixture.handsBack()) {
            assertThat(fixture.get(held)).isInstanceOf(Outcome.HandedBack.class);
        } else {
            assertThat(((Outcome.Dead) fixture.get(held)).error()).isInstanceOf(UnavailableException.class);
        }
        assertThat(pipeline.state()).isEqualTo(PipelineState.STOPPED);
    }

    private void assumeOutages() {
        assumeTrue(fixture.can(PipelinesCapability.OUTAGES), "the first clause checks what happens without it");
    }
}
