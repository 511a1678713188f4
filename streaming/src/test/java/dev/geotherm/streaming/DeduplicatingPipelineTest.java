package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DeduplicatingPipelineTest {

    /** The letter is there before the record has forgotten the fragment, because a stage holds up the thread that reports outcomes. */
    @Test
    void replay_processesTheFragmentAlthoughItsFailureIsNotRecordedYet() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        List<String> processed = new CopyOnWriteArrayList<>();
        CountDownLatch replayed = new CountDownLatch(1);
        PipelineSpec<String> spec = PipelineSpec.<String>of("replayed", batch -> {
                    if (down.get()) {
                        throw new IllegalStateException("down");
                    }
                    batch.fragments().forEach(fragment -> processed.add(fragment.id()));
                })
                .withoutDuplicates(Duration.ofMinutes(10), 100);
        try (LanePipelines pipelines =
                new LanePipelines(TestSettings.of(10, 1), ComponentContext.standalone("streaming"), System::nanoTime)) {
            IngestionPipeline<String> pipeline = pipelines.open(spec);
            var unused = pipeline.submit(TestFragments.fragment("holds", Priority.NORMAL))
                    .thenAccept(outcome -> {
                        try {
                            boolean ignored = replayed.await(60, TimeUnit.SECONDS);
                        } catch (InterruptedException ended) {
                            Thread.currentThread().interrupt();
                        }
                    });
            pipeline.put(TestFragments.fragment("failed", Priority.NORMAL));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> pipeline.deadLetters().list().size() == 2);
            down.set(false);

            assertThat(pipeline.replayDeadLetters()).isEqualTo(2);
            replayed.countDown();
            assertThat(pipeline.drain(Duration.ofSeconds(60))).isTrue();
            assertThat(processed).containsExactlyInAnyOrder("holds", "failed");
        } finally {
            replayed.countDown();
        }
    }

    @Test
    void put_ofADuplicateAfterCloseIsRefusedAsAnyOther() throws Exception {
        PipelineSpec<String> spec =
                PipelineSpec.<String>of("closed", batch -> {}).withoutDuplicates(Duration.ofMinutes(10), 100);
        try (LanePipelines pipelines =
                new LanePipelines(TestSettings.of(10, 1), ComponentContext.standalone("streaming"), System::nanoTime)) {
            IngestionPipeline<String> pipeline = pipelines.open(spec);
            pipeline.put(TestFragments.fragment("a", Priority.NORMAL));
            assertThat(pipeline.offer(TestFragments.fragment("a", Priority.NORMAL)))
                    .isEqualTo(Offer.DUPLICATE);
            pipeline.close();

            assertThatIllegalStateException()
                    .isThrownBy(() -> pipeline.put(TestFragments.fragment("a", Priority.NORMAL)));
            assertThat(pipeline.offer(TestFragments.fragment("a", Priority.NORMAL)))
                    .isEqualTo(Offer.REFUSED_CLOSED);
            assertThat(pipeline.metrics().duplicates()).isEqualTo(1);
        }
    }
}
