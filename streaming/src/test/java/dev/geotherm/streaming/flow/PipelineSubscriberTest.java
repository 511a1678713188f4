package dev.geotherm.streaming.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.streaming.LanePipelines;
import dev.geotherm.streaming.LanePipelinesSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PipelineSubscriberTest {
    @Test
    void onNext_lateFragmentDoesNotEndTheSubscription() throws Exception {
        List<String> processed = new CopyOnWriteArrayList<>();
        try (IngestionPipelines pipelines = new LanePipelines(
                        Settings.of(LanePipelinesSettings.class, Map.of()), ComponentContext.standalone("late"));
                IngestionPipeline<String> pipeline = pipelines.open(
                        "published", batch -> batch.fragments().forEach(one -> processed.add(one.id())));
                SubmissionPublisher<Fragment<String>> publisher = new SubmissionPublisher<>(Runnable::run, 16)) {
            PipelineSubscriber<String> subscriber = new PipelineSubscriber<>(pipeline, 2);
            publisher.subscribe(subscriber);
            for (int i = 0; i < 12; i++) {
                Fragment<String> fragment = new Fragment<>("f" + i, "text", Priority.NORMAL, Instant.now(), Map.of());
                publisher.submit(i % 3 == 1 ? fragment.withDeadline(Instant.EPOCH) : fragment);
            }
            publisher.close();
            subscriber.completion().toCompletableFuture().get(60, TimeUnit.SECONDS);

            assertThat(processed).containsExactly("f0", "f2", "f3", "f5", "f6", "f8", "f9", "f11");
            assertThat(pipeline.metrics().refused()).isEqualTo(4);
        }
    }
}
