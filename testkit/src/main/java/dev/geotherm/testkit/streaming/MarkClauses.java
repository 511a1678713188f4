package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Clauses about fragments that a processor marks as unchanged, as failed, or as dead letters. */
abstract class MarkClauses {
    private final PipelineFixture fixture;

    MarkClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    private static void markById(Batch<String> batch) {
        for (Fragment<String> one : batch.fragments()) {
            if (one.id().contains("unchanged")) {
                batch.unchanged(one);
            }
            if (one.id().contains("fails")) {
                batch.fail(one, new Exception("planted failure"));
            }
            if (one.id().contains("dead")) {
                batch.deadLetter(one, new Exception("planted end"));
            }
        }
    }

    @Test
    void mark_eachFragmentOfABatchHasAnOutcomeOfItsOwn() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked(MarkClauses::markById);
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT.withMaxRetries(2), processor);
        fixture.plug(pipeline, processor);
        CompletionStage<Outcome> done = pipeline.submit(fragment("done"));
        CompletionStage<Outcome> unchanged = pipeline.submit(fragment("unchanged"));
        CompletionStage<Outcome> fails = pipeline.submit(fragment("fails"));
        CompletionStage<Outcome> dead = pipeline.submit(fragment("dead"));
        processor.release();

        assertThat(fixture.get(done)).isEqualTo(new Outcome.Processed(1));
        assertThat(fixture.get(unchanged)).isEqualTo(new Outcome.Unchanged(1));
        assertThat(fixture.get(fails).attempts()).isEqualTo(3);
        assertThat(fixture.get(dead)).isInstanceOfSatisfying(Outcome.Dead.class, outcome -> {
            assertThat(outcome.attempts()).isEqualTo(1);
            assertThat(outcome.error()).hasMessage("planted end");
        });
        fixture.drain(pipeline);
        PipelineMetrics metrics = pipeline.metrics();
        assertThat(metrics.processed()).as("with unchanged ones").isEqualTo(3);
        assertThat(metrics.unchanged()).isEqualTo(1);
        assertThat(metrics.dead()).isEqualTo(2);
    }

    @Test
    void unchanged_doesNotHideAFailure() throws Exception {
        IngestionPipeline<String> pipeline =
                fixture.open(PipelineShape.DEFAULT.withMaxRetries(0), ControllableProcessor.unblocked(batch -> {
                    markById(batch);
                    if (batch.fragments().stream().anyMatch(one -> one.id().contains("throws"))) {
                        throw new Exception("planted");
                    }
                }));
        List<String> bad = List.of("unchanged and fails", "unchanged and dead", "unchanged and throws");
        for (String id : bad) {
            assertThat(fixture.outcome(pipeline, fragment(id))).as(id).isInstanceOf(Outcome.Dead.class);
        }
        assertThat(pipeline.metrics().unchanged()).isZero();
    }

    @Test
    void mark_ofAForeignFragmentIsRefused() throws Exception {
        Fragment<String> foreign = fragment("foreign");
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, batch -> {
            assertThatIllegalArgumentException().isThrownBy(() -> batch.unchanged(foreign));
            assertThatIllegalArgumentException().isThrownBy(() -> batch.deadLetter(foreign, new Exception()));
        });

        assertThat(fixture.outcome(pipeline, fragment("own"))).isEqualTo(new Outcome.Processed(1));
    }
}
