package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.failIds;
import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.ContentCodec;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clauses about fragments in a journal, which outlive their pipeline. */
abstract class JournalClauses {
    @TempDir
    Path folder;

    private final PipelineFixture fixture;

    JournalClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    private IngestionPipeline<String> open(IngestionPipelines component, FragmentProcessor<String> processor) {
        return component.open(
                PipelineSpec.of("journaled", processor).withJournal(folder.resolve("journal"), ContentCodec.text()));
    }

    @Test
    void close_leavesTheRestInTheJournal() throws Exception {
        ControllableProcessor blocked = ControllableProcessor.blocked();
        IngestionPipelines component = fixture.create(PipelineShape.DEFAULT
                .withJournal()
                .withBatches(1, 1, Duration.ofHours(1))
                .withCloseTimeout(Duration.ofMillis(20)));
        IngestionPipeline<String> pipeline = open(component, blocked);
        fixture.plug(pipeline, blocked);
        Fragment<String> low =
                fragment("low", Priority.LOW).withDeadline(Instant.now().plusSeconds(100_000));
        CompletionStage<Outcome> left = pipeline.submit(low);
        pipeline.put(fragment("high", Priority.HIGH));
        component.close();

        boolean handsBack = fixture.can(PipelinesCapability.JOURNAL);
        assertThat(fixture.get(left)).isInstanceOf(handsBack ? Outcome.HandedBack.class : Outcome.Dead.class);
        PipelineMetrics metrics = pipeline.metrics();
        assertThat(metrics.journal().handedBack()).isEqualTo(handsBack ? 3 : 0);
        assertThat(metrics.dead()).isEqualTo(handsBack ? 0 : 3);
        blocked.release();

        List<Fragment<String>> processed = new CopyOnWriteArrayList<>();
        IngestionPipeline<String> next =
                open(fixture.create(PipelineShape.DEFAULT.withJournal()), batch -> processed.addAll(batch.fragments()));
        fixture.drain(next);
        assertThat(next.metrics().journal().recovered()).isEqualTo(handsBack ? 3 : 0);
        assertThat(processed)
                .extracting(Fragment::id)
                .hasSize(handsBack ? 3 : 0)
                .hasSameElementsAs(handsBack ? List.of("plug", "high", "low") : List.of());
        if (handsBack) {
            assertThat(processed).as("whole fragments").contains(low);
        }
    }

    @Test
    void outcome_removesAFragmentFromTheJournal() throws Exception {
        IngestionPipelines component =
                fixture.create(PipelineShape.DEFAULT.withJournal().withMaxRetries(0));
        IngestionPipeline<String> pipeline = open(component, batch -> failIds(batch, "dead"));
        pipeline.putAll(List.of(fragment("a"), fragment("dead"), fragment("b")));
        fixture.drain(pipeline);
        fixture.eventually(() -> pipeline.deadLetters().size() == 1);
        component.close();

        List<String> processed = new CopyOnWriteArrayList<>();
        IngestionPipeline<String> next = open(
                fixture.create(PipelineShape.DEFAULT.withJournal()),
                batch -> batch.fragments().forEach(one -> processed.add(one.id())));
        fixture.drain(next);
        assertThat(processed).isEmpty();
    }
}
