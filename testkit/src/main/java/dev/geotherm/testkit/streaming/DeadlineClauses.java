package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.putAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.api.streaming.RefusedException;
import dev.geotherm.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Clauses about deadlines, on a clock that the test sets. */
abstract class DeadlineClauses {
    private static final PipelineShape ONE_BY_ONE = PipelineShape.DEFAULT.withBatches(1, 1, Duration.ofHours(1));

    private final PipelineFixture fixture;
    private final SettableClock clock = new SettableClock();

    DeadlineClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    private IngestionPipeline<String> open(PipelineShape shape, ControllableProcessor processor) {
        return fixture.open(
                fixture.create(shape, fixture.context().withClock(clock)), "timed", processor, new RecordingListener());
    }

    private Fragment<String> due(String id, Duration from) {
        return fragment(id).withDeadline(clock.instant().plus(from));
    }

    @Test
    void deadline_thatHasPassedIsRefused() throws Exception {
        IngestionPipeline<String> pipeline = open(PipelineShape.DEFAULT, ControllableProcessor.unblocked(batch -> {}));
        Fragment<String> late = due("late", Duration.ofMillis(-1));
        if (!fixture.can(PipelinesCapability.DEADLINES)) {
            assertThat(pipeline.offer(late)).isEqualTo(Offer.ACCEPTED);
            return;
        }
        assertThat(pipeline.offer(late)).isEqualTo(Offer.REFUSED_DEADLINE);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pipeline.put(late))
                .withMessageContaining("late")
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Offer.REFUSED_DEADLINE));
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> pipeline.submit(late));
        assertThat(pipeline.metrics().refused()).isEqualTo(3);
        assertThat(pipeline.metrics().accepted()).isZero();
    }

    @Test
    void deadline_thatCannotBeMetIsRefusedWithThePredictedTime() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.DEADLINES), "deadlines are ignored");
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = open(ONE_BY_ONE, processor);
        fixture.plug(pipeline, processor);
        long entered = System.nanoTime();
        fixture.eventually(() -> System.nanoTime() - entered > 20_000_000);
        putAll(pipeline, "f", 21);
        processor.releaseOne();
        fixture.eventually(() -> processor.entered.get() == 2);
        Duration batch = pipeline.metrics().busy();
        Duration atLeast = Duration.ofMillis(20 * 20);

        assertThat(pipeline.offer(due("offered", Duration.ofMillis(20)))).isEqualTo(Offer.REFUSED_DEADLINE);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pipeline.put(due("put", Duration.ofMillis(20))))
                .satisfies(refusal -> assertThat(refusal.predicted())
                        .isBetween(atLeast, batch.multipliedBy(100).plus(atLeast)));
        assertThat(pipeline.offer(due("early enough", Duration.ofDays(100)))).isEqualTo(Offer.ACCEPTED);
        processor.release();
        fixture.drain(pipeline);
        assertThat(processor.ids()).hasSize(23).contains("early enough");
    }

    @Test
    void deadline_passedWhileWaitingExpiresTheFragment() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = open(PipelineShape.DEFAULT, processor);
        fixture.plug(pipeline, processor);
        List<CompletionStage<Outcome>> late = new ArrayList<>();
        late.add(pipeline.submit(due("late", Duration.ofSeconds(9))));
        CompletionStage<Outcome> inTime = pipeline.submit(due("in time", Duration.ofSeconds(11)));
        late.add(pipeline.submit(due("later", Duration.ofSeconds(10))));
        CompletionStage<Outcome> whenever = pipeline.submit(fragment("whenever"));
        clock.advance(Duration.ofSeconds(10));
        processor.release();
        fixture.drain(pipeline);

        boolean expires = fixture.can(PipelinesCapability.DEADLINES);
        for (CompletionStage<Outcome> each : late) {
            assertThat(fixture.get(each)).isEqualTo(expires ? new Outcome.Expired(0) : new Outcome.Processed(1));
        }
        assertThat(fixture.get(inTime)).isEqualTo(new Outcome.Processed(1));
        assertThat(fixture.get(whenever)).isEqualTo(new Outcome.Processed(1));
        assertThat(processor.ids())
                .isEqualTo(
                        expires
                                ? List.of("plug", "in time", "whenever")
                                : List.of("plug", "late", "in time", "later", "whenever"));
        PipelineMetrics metrics = pipeline.metrics();
        assertThat(metrics.expired()).isEqualTo(expires ? 2 : 0);
        assertThat(metrics.dead()).isZero();
        assertThat(metrics.processed()).isEqualTo(expires ? 3 : 5);
    }

    @Test
    void deadline_passedForAWholeBatchExpiresEachFragment() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.DEADLINES), "deadlines are ignored");
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = open(PipelineShape.DEFAULT, processor);
        fixture.plug(pipeline, processor);
        pipeline.put(due("a", Duration.ofSeconds(1)));
        pipeline.put(due("b", Duration.ofSeconds(1)));
        clock.advance(Duration.ofSeconds(2));
        processor.release();
        fixture.drain(pipeline);

        assertThat(processor.ids()).containsExactly("plug");
        assertThat(pipeline.metrics().expired()).isEqualTo(2);
        assertThat(pipeline.metrics().batches()).isEqualTo(1);
    }

    @Test
    void deadline_doesNotApplyToAReplayedFragment() throws Exception {
        IngestionPipeline<String> pipeline = open(
                PipelineShape.DEFAULT.withMaxRetries(0),
                ControllableProcessor.unblocked(batch -> batch.fragments().stream()
                        .filter(one -> one.deadline() != null)
                        .forEach(one -> batch.fail(one, new Exception("planted")))));
        pipeline.put(fragment("a", Priority.HIGH).withDeadline(clock.instant().plusSeconds(60)));
        fixture.drain(pipeline);
        fixture.eventually(() -> pipeline.deadLetters().size() == 1);
        clock.advance(Duration.ofSeconds(61));

        assertThat(pipeline.replayDeadLetters()).isEqualTo(1);
        fixture.drain(pipeline);
        assertThat(pipeline.metrics().processed()).isEqualTo(1);
    }
}
