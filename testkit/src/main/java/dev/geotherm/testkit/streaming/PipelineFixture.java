package dev.geotherm.testkit.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.StandaloneContext;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.IngestionPipelinesFactory;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The fixture of one clause: the components under test, fragments, and background threads. */
final class PipelineFixture {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    /** The instance name of the components; part of the names of their threads. */
    final String instance = "contract" + UUID.randomUUID();

    private final IngestionPipelinesContract contract;
    private final List<IngestionPipelines> components = new ArrayList<>();
    private final List<ControllableProcessor> processors = new ArrayList<>();

    PipelineFixture(IngestionPipelinesContract contract) {
        this.contract = contract;
    }

    /** Unblocks every processor and closes every component. */
    void close() {
        processors.forEach(ControllableProcessor::release);
        components.forEach(IngestionPipelines::close);
    }

    boolean can(PipelinesCapability capability) {
        return contract.capabilities().contains(capability);
    }

    Record settings(PipelineShape shape) {
        return contract.settings(shape);
    }

    StandaloneContext context() {
        return ComponentContext.standalone(instance);
    }

    IngestionPipelines create(PipelineShape shape) {
        return create(shape, context());
    }

    IngestionPipelines create(PipelineShape shape, ComponentContext context) {
        IngestionPipelines component = create(contract.factory(), settings(shape), context);
        components.add(component);
        return component;
    }

    private static <S extends Record> IngestionPipelines create(
            IngestionPipelinesFactory<S> factory, Record settings, ComponentContext context) {
        return factory.create(factory.settings().cast(settings), context);
    }

    /** Applies other settings; skips the clause if the implementation is not reconfigurable. */
    void reconfigure(IngestionPipelines component, PipelineShape shape) {
        assumeTrue(can(PipelinesCapability.RECONFIGURES), "the implementation is not reconfigurable");
        reconfigure((Reconfigurable<?>) component, settings(shape));
    }

    @SuppressWarnings("unchecked") // the settings have the factory's type, which the component accepts
    private static <S extends Record> void reconfigure(Reconfigurable<S> component, Record settings) {
        component.reconfigure((S) settings);
    }

    IngestionPipeline<String> open(PipelineShape shape, FragmentProcessor<String> processor) {
        return open(shape, processor, new RecordingListener());
    }

    IngestionPipeline<String> open(
            PipelineShape shape, FragmentProcessor<String> processor, PipelineListener<String> listener) {
        return open(create(shape), "clause", processor, listener);
    }

    IngestionPipeline<String> open(
            IngestionPipelines component,
            String name,
            FragmentProcessor<String> processor,
            PipelineListener<String> listener) {
        if (processor instanceof ControllableProcessor controllable) {
            processors.add(controllable);
        }
        return component.open(specification(PipelineSpec.of(name, processor)).withListener(listener));
    }

    IngestionPipeline<String> open(IngestionPipelines component, PipelineSpec<String> spec) {
        if (spec.processor() instanceof ControllableProcessor controllable) {
            processors.add(controllable);
        }
        return component.open(specification(spec));
    }

    PipelineSpec<String> specification(PipelineSpec<String> spec) {
        return contract.specification(spec);
    }

    /** Returns whether the pipelines of this contract leave fragments in a journal when they close. */
    boolean handsBack() {
        return specification(PipelineSpec.of("none", batch -> {})).journal().isPresent();
    }

    /** Occupies the one worker of a pipeline with a fragment named {@code plug}. */
    void plug(IngestionPipeline<String> pipeline, ControllableProcessor processor) throws InterruptedException {
        int before = processor.entered.get();
        pipeline.put(fragment("plug"));
        eventually(() -> processor.entered.get() > before);
    }

    /** Drains, and waits for the metrics as well: other clauses check that {@code drain} itself waits. */
    void drain(IngestionPipeline<String> pipeline) throws InterruptedException {
        assertThat(pipeline.drain(Patience.limit())).as("drained in time").isTrue();
        eventually(() -> {
            PipelineMetrics metrics = pipeline.metrics();
            return metrics.processed() + metrics.dead() + metrics.expired() == metrics.accepted();
        });
    }

    void eventually(Callable<Boolean> condition) {
        await().atMost(Patience.limit())
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(condition);
    }

    /** Checks that tasks are still running after a short time. */
    void staysBlocked(BackgroundTask<?>... tasks) {
        for (BackgroundTask<?> task : tasks) {
            task.awaitBlocked();
        }
        await().during(Duration.ofMillis(50))
                .atMost(Patience.limit())
                .pollInterval(Duration.ofMillis(5))
                .failFast("it did not block", () -> isAnyDone(tasks))
                .until(() -> !isAnyDone(tasks));
    }

    private static boolean isAnyDone(BackgroundTask<?>... tasks) {
        return Stream.of(tasks).anyMatch(task -> task.result().isDone());
    }

    <R> R get(CompletionStage<R> stage) throws Exception {
        return stage.toCompletableFuture().get(Patience.limit().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Submits a fragment and waits for its outcome. */
    Outcome outcome(IngestionPipeline<String> pipeline, Fragment<String> fragment) throws Exception {
        return get(pipeline.submit(fragment));
    }

    static Fragment<String> fragment(String id) {
        return fragment(id, Priority.NORMAL);
    }

    static Fragment<String> fragment(String id, Priority priority) {
        return new Fragment<>(id, "content of " + id, priority, CREATED, Map.of());
    }

    static void putAll(IngestionPipeline<String> pipeline, String prefix, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            pipeline.put(fragment(prefix + i));
        }
    }

    /** Fails the fragments of a batch that have one of the ids. */
    static void failIds(Batch<String> batch, String... ids) {
        for (Fragment<String> fragment : batch.fragments()) {
            if (List.of(ids).contains(fragment.id())) {
                batch.fail(fragment, new Exception("planted for " + fragment.id()));
            }
        }
    }

    /** Waits and ignores interrupts, like a misbehaving processor. */
    static void awaitIgnoringInterrupts(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException ignored) {
                done = false;
            }
        }
    }

    /** Starts a task in its own thread. */
    static <R> BackgroundTask<R> inBackground(Callable<R> task) {
        CompletableFuture<R> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(task.call());
                    } catch (Throwable thrown) {
                        result.completeExceptionally(thrown);
                    }
                },
                "background");
        thread.setDaemon(true);
        thread.start();
        return new BackgroundTask<>(thread, result);
    }

    /** A task in its own thread, and its result. */
    record BackgroundTask<R>(Thread thread, CompletableFuture<R> result) {
        private static final Set<Thread.State> RUNS = EnumSet.of(Thread.State.NEW, Thread.State.RUNNABLE);

        /** Gives the task a moment to reach the point at which it waits. */
        private void awaitBlocked() {
            long start = System.nanoTime();
            while (RUNS.contains(thread.getState()) && System.nanoTime() - start < 200_000_000) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    static BackgroundTask<Boolean> putInBackground(IngestionPipeline<String> pipeline, String id) {
        return inBackground(() -> {
            pipeline.put(fragment(id));
            return true;
        });
    }

    static BackgroundTask<Boolean> closeInBackground(IngestionPipeline<String> pipeline) {
        return inBackground(() -> {
            pipeline.close();
            return true;
        });
    }
}
