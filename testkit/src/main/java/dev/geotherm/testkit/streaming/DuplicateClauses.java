package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.inBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Clauses about duplicates. */
abstract class DuplicateClauses {
    private static final Duration LONG = Duration.ofHours(1);

    private final PipelineFixture fixture;

    DuplicateClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    private IngestionPipeline<String> open(
            PipelineShape shape, FragmentProcessor<String> processor, Duration window, int remembered) {
        return fixture.open(
                fixture.create(shape), PipelineSpec.of("distinct", processor).withoutDuplicates(window, remembered));
    }

    @Test
    void duplicate_isDroppedAndCounted() throws Exception {
        ControllableProcessor processor = ControllableProcessor.unblocked(batch -> {});
        IngestionPipeline<String> pipeline = open(PipelineShape.DEFAULT, processor, LONG, 100);
        boolean drops = fixture.can(PipelinesCapability.DROPS_DUPLICATES);
        pipeline.put(fragment("a"));
        pipeline.put(fragment("a"));
        assertThat(pipeline.offer(fragment("a"))).isEqualTo(drops ? Offer.DUPLICATE : Offer.ACCEPTED);
        assertThat(pipeline.offer(fragment("b"))).isEqualTo(Offer.ACCEPTED);
        pipeline.putAll(List.of(fragment("b"), fragment("c")));
        fixture.drain(pipeline);

        assertThat(processor.ids())
                .containsExactlyInAnyOrderElementsOf(
                        drops ? List.of("a", "b", "c") : List.of("a", "a", "a", "b", "b", "c"));
        assertThat(pipeline.metrics().accepted()).isEqualTo(drops ? 3 : 6);
        assertThat(pipeline.metrics().duplicates()).isEqualTo(drops ? 3 : 0);
        assertThat(pipeline.metrics().refused()).isZero();
    }

    @Test
    void duplicate_hasTheOutcomeOfTheFirst() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.DROPS_DUPLICATES), "duplicates are accepted");
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = open(PipelineShape.DEFAULT, processor, LONG, 100);
        CompletionStage<Outcome> first = pipeline.submit(fragment("a"));
        CompletionStage<Outcome> second = pipeline.submit(fragment("a"));
        assertThat(second.toCompletableFuture()).isNotDone();
        processor.release();

        assertThat(fixture.get(first)).isEqualTo(new Outcome.Processed(1));
        assertThat(fixture.get(second)).isEqualTo(new Outcome.Duplicate(new Outcome.Processed(1)));
        assertThat(fixture.outcome(pipeline, fragment("a"))).isEqualTo(new Outcome.Duplicate(new Outcome.Processed(1)));
    }

    @Test
    void duplicate_withOtherContentIsAnUpdate() throws Exception {
        ControllableProcessor processor = ControllableProcessor.unblocked(batch -> {});
        IngestionPipeline<String> pipeline = open(PipelineShape.DEFAULT, processor, LONG, 100);
        Fragment<String> old = fragment("a");
        pipeline.put(old);
        pipeline.put(old.withContent("new content"));
        pipeline.put(new Fragment<>("b", old.content(), old.priority(), old.timestamp(), old.metadata()));
        fixture.drain(pipeline);

        assertThat(processor.ids()).containsExactlyInAnyOrder("a", "a", "b");
        assertThat(pipeline.metrics().duplicates()).isZero();
    }

    @Test
    void duplicate_ofAFailedFragmentIsAccepted() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.DROPS_DUPLICATES), "duplicates are accepted");
        AtomicBoolean broken = new AtomicBoolean(true);
        ControllableProcessor processor = ControllableProcessor.blocked(batch -> {
            if (broken.get()) {
                throw new IllegalStateException("planted");
            }
        });
        IngestionPipeline<String> pipeline = open(PipelineShape.DEFAULT.withMaxRetries(0), processor, LONG, 100);
        CompletionStage<Outcome> first = pipeline.submit(fragment("a"));
        CompletionStage<Outcome> dropped = pipeline.submit(fragment("a"));
        processor.release();

        Outcome failure = fixture.get(first);
        assertThat(failure).isInstanceOf(Outcome.Dead.class);
        assertThat(fixture.get(dropped)).isEqualTo(new Outcome.Duplicate(failure));
        broken.set(false);
        assertThat(fixture.outcome(pipeline, fragment("a"))).isEqualTo(new Outcome.Processed(1));
    }

    @Test
    void duplicate_afterTheWindowIsAccepted() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.DROPS_DUPLICATES), "duplicates are accepted");
        IngestionPipeline<String> pipeline = open(PipelineShape.DEFAULT, batch -> {}, Duration.ofMillis(20), 100);
        pipeline.put(fragment("a"));
        long put = System.nanoTime();
        fixture.eventually(() -> System.nanoTime() - put > 20_000_000);

        assertThat(fixture.outcome(pipeline, fragment("a"))).isEqualTo(new Outcome.Processed(1));
    }

    @Test
    void duplicate_isRecognisedAmongTheLastFragmentsOnly() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.DROPS_DUPLICATES), "duplicates are accepted");
        IngestionPipeline<String> pipeline = open(PipelineShape.DEFAULT, batch -> {}, LONG, 2);
        pipeline.putAll(List.of(fragment("a"), fragment("b"), fragment("c")));

        assertThat(pipeline.offer(fragment("b"))).isEqualTo(Offer.DUPLICATE);
        assertThat(pipeline.offer(fragment("a"))).isEqualTo(Offer.ACCEPTED);
        assertThat(pipeline.metrics().duplicates()).isEqualTo(1);
    }

    @Test
    void duplicate_ofAnUnacceptedFragmentIsAccepted() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.DROPS_DUPLICATES), "duplicates are accepted");
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = open(PipelineShape.DEFAULT.withCapacity(1), processor, LONG, 100);
        fixture.plug(pipeline, processor);
        pipeline.put(fragment("full"));
        BackgroundTask<Boolean> first = PipelineFixture.putInBackground(pipeline, "a");
        fixture.staysBlocked(first);
        BackgroundTask<Outcome> second = inBackground(() -> fixture.outcome(pipeline, fragment("a")));
        fixture.staysBlocked(second);
        first.thread().interrupt();
        assertThatThrownBy(() -> fixture.get(first.result())).hasCauseInstanceOf(InterruptedException.class);
        processor.release();

        assertThat(fixture.get(second.result())).isEqualTo(new Outcome.Processed(1));
        fixture.drain(pipeline);
        assertThat(processor.ids()).containsExactly("plug", "full", "a");
    }
}
