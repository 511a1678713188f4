package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class WorkerTest {
    private final ComponentContext context = ComponentContext.standalone("test" + UUID.randomUUID());
    private final EventDispatcher<String> dispatcher = new EventDispatcher<>("test", new PipelineListener<>() {});

    /** Closing a pipeline says that a processor ignores interrupts only if a thread is in it. */
    @Test
    void processing_namesTheThreadOnlyWhileItIsInTheProcessor() throws Exception {
        List<String> inside = new ArrayList<>();
        AtomicReference<Worker<String>> worker = new AtomicReference<>();
        PipelineSpec<String> spec = PipelineSpec.of("test", batch -> {
            inside.addAll(worker.get().processing());
            throw new IllegalStateException("planted");
        });
        LaneQueue<String> queue = new LaneQueue<>(
                spec, TestSettings.of(10, 1), dispatcher, context, Runnable::run, System::nanoTime, () -> {});
        worker.set(new Worker<>(queue, spec.processor(), dispatcher));
        assertThat(queue.missingWorkers()).isOne();
        queue.intake().put(new Fragment<>("a", "a", Priority.NORMAL, Instant.EPOCH, Map.of()), null);
        Thread thread = new Thread(worker.get(), "serving");
        thread.start();
        assertThat(queue.awaitDrained(Long.MAX_VALUE, false)).isTrue();
        assertThat(inside).containsExactly("serving");
        assertThat(worker.get().processing()).isEmpty();
        queue.abort();
        thread.join();
    }
}
