package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.closeInBackground;
import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.inBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.testkit.StackDive;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clauses about producers that run out of stack at any call: no lock stays held, and no accepted fragment is lost. */
abstract class ErrorClauses {
    private static final int CAPACITY = 20;
    private static final int DIVES = 6;
    private static final int MANY_DIVES = 100;

    private final PipelineFixture fixture;

    ErrorClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void stackOverflow_ofProducersLosesNothing() throws Exception {
        overflow(DIVES);
    }

    @Test
    @Tag("full")
    void stackOverflow_ofProducersManyTimesLosesNothing() throws Exception {
        overflow(MANY_DIVES);
    }

    private void overflow(int dives) throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.SURVIVES_STACK_OVERFLOW), "an overflow may leave a lock held");
        RecordingListener listener = new RecordingListener();
        Set<String> processed = ConcurrentHashMap.newKeySet();
        Set<String> acknowledged = Collections.synchronizedSet(new HashSet<>());
        IngestionPipeline<String> pipeline = fixture.open(
                PipelineShape.DEFAULT.withCapacity(CAPACITY),
                batch -> batch.fragments().forEach(one -> processed.add(one.id())),
                listener);
        for (int dive = 0; dive < dives; dive++) {
            int round = dive;
            StackDive.run(depth -> use(pipeline, round + "-" + depth, depth, acknowledged));
            CompletionStage<Outcome> after =
                    fixture.get(inBackground(() -> pipeline.submit(fragment("after dive " + round)))
                            .result());
            assertThat(fixture.get(after)).isInstanceOf(Outcome.Processed.class);
        }
        fixture.drain(pipeline);
        PipelineMetrics metrics = pipeline.metrics();
        assertThat(metrics.queued() + metrics.inFlight()).as("fragments left").isZero();
        assertThat(metrics.processed()).isEqualTo(metrics.accepted()).isEqualTo(processed.size());
        acknowledged.removeAll(processed);
        assertThat(acknowledged).as("accepted, but not processed").isEmpty();
        fixture.get(closeInBackground(pipeline).result());
        for (int i = 1; i < listener.levels.size(); i++) {
            assertThat(listener.levels.get(i).get(0))
                    .as("level before the change after %s", listener.levels.get(i - 1))
                    .isEqualTo(listener.levels.get(i - 1).get(1));
        }
    }

    private static void use(IngestionPipeline<String> pipeline, String id, int depth, Set<String> acknowledged) {
        try {
            switch (depth % 4) {
                case 0 -> {
                    pipeline.put(fragment(id));
                    acknowledged.add(id);
                }
                case 1 -> {
                    if (pipeline.offer(fragment(id)).accepted()) {
                        acknowledged.add(id);
                    }
                }
                case 2 -> {
                    pipeline.submit(fragment(id));
                    acknowledged.add(id);
                }
                default -> assertThat(pipeline.metrics().accepted()).isGreaterThanOrEqualTo(0);
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
