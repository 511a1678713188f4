package dev.geotherm.testkit.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** What the clauses about pipelines share: the component under test, fragments, and threads beside the test's. */
abstract class PipelinesFixture {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    /** The instance name to create components with, other for each test; threads are to bear it. */
    protected final String instance = "contract" + UUID.randomUUID();

    private final List<IngestionPipelines> components = new ArrayList<>();
    private final List<Plant> plants = new ArrayList<>();

    /** Returns a new component whose pipelines have the given shape; the contract closes it. */
    protected abstract IngestionPipelines pipelines(PipelineShape shape);

    /** Returns what the implementation can do. */
    protected abstract Set<PipelinesCapability> capabilities();

    /** Returns the time after which something that has not happened will not happen any more; generous. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    @AfterEach
    final void closeEverything() {
        plants.forEach(Plant::release);
        components.forEach(IngestionPipelines::close);
    }

    final IngestionPipelines create(PipelineShape shape) {
        IngestionPipelines component = pipelines(shape);
        components.add(component);
        return component;
    }

    final IngestionPipeline<String> open(PipelineShape shape, FragmentProcessor<String> processor) {
        return open(shape, processor, new Ear());
    }

    final IngestionPipeline<String> open(
            PipelineShape shape, FragmentProcessor<String> processor, PipelineListener<String> listener) {
        if (processor instanceof Plant plant) {
            plants.add(plant);
        }
        return create(shape).open("clause", processor, listener);
    }

    /** Occupies the one worker of a pipeline with a fragment of its own. */
    final void plug(IngestionPipeline<String> pipeline, Plant plant) throws InterruptedException {
        int before = plant.entered.get();
        pipeline.put(fragment("plug"));
        eventually(() -> plant.entered.get() > before);
    }

    static Fragment<String> fragment(String id) {
        return fragment(id, Priority.NORMAL);
    }

    static Fragment<String> fragment(String id, Priority priority) {
        return new Fragment<>(id, "content of " + id, priority, THEN, Map.of());
    }

    static void putAll(IngestionPipeline<String> pipeline, String prefix, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            pipeline.put(fragment(prefix + i));
        }
    }

    /** Drains, and looks at the figures too: what drain itself is worth is for its own clauses to say. */
    final void drain(IngestionPipeline<String> pipeline) throws InterruptedException {
        assertThat(pipeline.drain(patience())).as("drained in time").isTrue();
        eventually(() -> {
            PipelineMetrics metrics = pipeline.metrics();
            return metrics.processed() + metrics.dead() == metrics.accepted();
        });
    }

    final void eventually(Callable<Boolean> condition) {
        await().atMost(patience()).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    /** Checks that something that must not happen does not, as far as a moment of watching shows. */
    final void stays(Callable<Boolean> condition) {
        await().during(Duration.ofMillis(100))
                .atMost(patience())
                .pollInterval(Duration.ofMillis(5))
                .failFast("what must not happen did", () -> !condition.call())
                .until(condition);
    }

    final <R> R get(CompletionStage<R> stage) throws Exception {
        return stage.toCompletableFuture().get(patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    final Outcome outcome(IngestionPipeline<String> pipeline, Fragment<String> fragment) throws Exception {
        return get(pipeline.submit(fragment));
    }

    /** Runs something in a thread of its own. */
    static <R> Aside<R> aside(Callable<R> what) {
        CompletableFuture<R> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(what.call());
                    } catch (Throwable thrown) {
                        result.completeExceptionally(thrown);
                    }
                },
                "aside");
        thread.setDaemon(true);
        thread.start();
        return new Aside<>(thread, result);
    }

    /** A thread beside the test's and what becomes of it. */
    record Aside<R>(Thread thread, CompletableFuture<R> result) {}

    static Aside<Boolean> putAside(IngestionPipeline<String> pipeline, String id) {
        return aside(() -> {
            pipeline.put(fragment(id));
            return true;
        });
    }
}
