package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Priority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clauses about the order in which fragments are processed. */
abstract class OrderClauses {
    private final PipelineFixture fixture;

    OrderClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void order_samePriorityIsFirstInFirstOut() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        fixture.plug(pipeline, processor);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            pipeline.put(fragment("f" + i, i % 3 == 0 ? Priority.HIGH : Priority.LOW));
            if (i % 3 != 0) {
                expected.add("f" + i);
            }
        }
        processor.release();
        fixture.drain(pipeline);

        List<String> lows = new ArrayList<>(processor.ids());
        lows.retainAll(expected);
        assertThat(lows).isEqualTo(expected);
    }

    @Test
    void order_higherPrioritiesAreTakenFirst() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        fixture.plug(pipeline, processor);
        for (int i = 0; i < 15; i++) {
            for (Priority priority : Priority.values()) {
                pipeline.put(fragment(priority.level() + "-" + i, priority));
            }
        }
        processor.release();
        fixture.drain(pipeline);

        // Lower priorities may get a share, so the mean position counts.
        double[] sums = new double[6];
        List<String> ids = processor.ids();
        for (int i = 1; i < ids.size(); i++) {
            sums[ids.get(i).charAt(0) - '0'] += i;
        }
        for (int level = 1; level < 5; level++) {
            assertThat(sums[level + 1])
                    .as("positions of priority %s", level + 1)
                    .isLessThan(sums[level]);
        }
    }

    @Test
    void order_batchHasHigherPrioritiesFirst() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        fixture.plug(pipeline, processor);
        for (int i = 0; i < 10; i++) {
            pipeline.put(fragment((i % 5 + 1) + "-" + i, Priority.ofLevel(i % 5 + 1)));
        }
        processor.release();
        fixture.drain(pipeline);

        assertThat(processor.batches)
                .allSatisfy(batch -> assertThat(
                                batch.stream().filter(id -> !id.equals("plug")).map(id -> id.charAt(0)))
                        .isSortedAccordingTo(Collections.reverseOrder()));
    }

    @Test
    void order_lowPrioritiesDoNotStarve() throws Exception {
        CompletableFuture<IngestionPipeline<String>> feed = new CompletableFuture<>();
        AtomicInteger rounds = new AtomicInteger();
        // Another urgent fragment follows each one before its batch ends, so one is always waiting.
        ControllableProcessor processor = ControllableProcessor.blocked(batch -> {
            for (Fragment<String> ignored : batch.fragments()) {
                if (rounds.incrementAndGet() < 2_000) {
                    feed.join().offer(fragment("urgent", Priority.HIGHEST));
                }
            }
        });
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        feed.complete(pipeline);
        fixture.plug(pipeline, processor);
        for (int i = 0; i < 20; i++) {
            pipeline.put(fragment("urgent", Priority.HIGHEST));
        }
        pipeline.put(fragment("patient", Priority.LOWEST));
        processor.release();
        fixture.drain(pipeline);
        fixture.eventually(() -> pipeline.metrics().queued() == 0);
        pipeline.close();

        assertThat(processor.ids().indexOf("patient")).isBetween(1, 1_500);
    }

    @Test
    void order_equalFragmentsAreAllProcessed() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = fixture.open(PipelineShape.DEFAULT, processor);
        fixture.plug(pipeline, processor);
        Fragment<String> twin = fragment("twin");
        for (int i = 0; i < 30; i++) {
            pipeline.put(i % 2 == 0 ? twin : fragment("twin"));
        }
        processor.release();
        fixture.drain(pipeline);

        assertThat(Collections.frequency(processor.ids(), "twin")).isEqualTo(30);
    }
}
