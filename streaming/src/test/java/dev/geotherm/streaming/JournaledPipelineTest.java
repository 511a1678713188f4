package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.DataSize;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.RateLimitSettings;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.ContentCodec;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.ThreadsLeft;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fragments that are kept on disk until they have their outcome. */
@Timeout(120)
final class JournaledPipelineTest {
    private static final JournalSettings JOURNAL = TestSettings.journaling(true, false);
    private static final JournalSettings SPILL = TestSettings.journaling(false, true);
    private static final JournalSettings BOTH = TestSettings.journaling(true, true);

    @TempDir
    Path folder;

    private final String instance = "test" + UUID.randomUUID();
    private final List<String> processed = new CopyOnWriteArrayList<>();

    /** Permits of the processor: one for each batch of one fragment. */
    private final Semaphore gate = new Semaphore(0);

    private LanePipelines component;

    @AfterEach
    void close() {
        gate.release(1_000_000);
        component.close();
        ThreadsLeft.assertNone(instance);
    }

    private void process(Batch<String> batch) throws InterruptedException {
        gate.acquire();
        batch.fragments().forEach(one -> processed.add(one.id()));
    }

    private IngestionPipeline<String> open(JournalSettings journaling, int capacity, Duration closeTimeout) {
        return open(journaling, capacity, closeTimeout, this::process);
    }

    private IngestionPipeline<String> open(
            JournalSettings journaling, int capacity, Duration closeTimeout, FragmentProcessor<String> processor) {
        return open(journaling, capacity, closeTimeout, PipelineSpec.of("journaled", processor));
    }

    private IngestionPipeline<String> open(
            JournalSettings journaling, int capacity, Duration closeTimeout, PipelineSpec<String> spec) {
        LanePipelinesSettings settings = new LanePipelinesSettings(
                TestSettings.backpressure(capacity, 0, 0.8),
                TestSettings.batches(1, Duration.ofMinutes(5)),
                TestSettings.retries(0),
                journaling,
                1,
                false,
                true,
                RateLimitSettings.NONE,
                closeTimeout);
        component = new LanePipelines(settings, ComponentContext.standalone(instance));
        return component.open(spec.withJournal(folder.resolve("journal"), ContentCodec.text()));
    }

    private static Fragment<String> fragment(String id, Priority priority) {
        return new Fragment<>(id, "content of " + id, priority, Instant.EPOCH, Map.of("key", "value"));
    }

    private static Fragment<String> fragment(String id) {
        return fragment(id, Priority.NORMAL);
    }

    private void eventually(Callable<Boolean> condition) {
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    private static void assertBooksBalance(PipelineMetrics metrics) {
        assertThat(metrics.processed() + metrics.dead() + metrics.journal().handedBack() + metrics.queued())
                .isEqualTo(metrics.accepted());
    }

    @Test
    void predictedSojourn_countsSpilledFragments() throws Exception {
        IngestionPipeline<String> pipeline = open(SPILL, 2, Duration.ofSeconds(60));
        pipeline.put(fragment("first"));
        eventually(gate::hasQueuedThreads);
        long start = System.nanoTime();
        eventually(() -> System.nanoTime() - start > 20_000_000);
        gate.release(1);
        eventually(() -> pipeline.metrics().processed() == 1);
        for (int i = 0; i < 103; i++) {
            pipeline.put(fragment("f" + i));
        }

        assertThat(pipeline.metrics().predictedSojourn()).isGreaterThan(Duration.ofMillis(100 * 20));
        assertThat(pipeline.offer(fragment("late").withDeadline(Instant.now().plusSeconds(1))))
                .isEqualTo(Offer.REFUSED_DEADLINE);
        gate.release(1_000);
    }

    @Test
    void removals_withKeysDoNotWaitForABusyListener() throws Exception {
        CountDownLatch listening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        PipelineListener<String> busy = new PipelineListener<>() {
            @Override
            public void onBatch(int size, int failed, Duration took) {
                listening.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        gate.release(100);
        IngestionPipeline<String> pipeline = open(
                new JournalSettings(true, false, DataSize.parse("32KiB")),
                100,
                Duration.ofSeconds(60),
                PipelineSpec.of("journaled", this::process)
                        .withKey(Fragment::id)
                        .withListener(busy));
        try {
            for (int i = 0; i < 40; i++) { // five times the bytes of the journal: each put waits for removals
                pipeline.put(new Fragment<>("f" + i, "x".repeat(4096), Priority.NORMAL, Instant.EPOCH, Map.of()));
            }
            listening.await();
            eventually(() -> pipeline.metrics().processed() == 40);
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void backlog_aKeyFunctionThatThrowsLeavesItsFragmentOnly() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        IngestionPipeline<String> pipeline = open(
                SPILL,
                2,
                Duration.ofSeconds(60),
                PipelineSpec.of("journaled", this::process).withKey(one -> {
                    if (fails.get() && one.id().equals("f6")) {
                        throw new IllegalStateException("planted");
                    }
                    return one.id();
                }));
        for (int i = 0; i < 9; i++) {
            pipeline.put(fragment("f" + i));
        }
        fails.set(true);
        gate.release(100);
        eventually(() -> pipeline.metrics().processed() == 8);
        assertThat(processed).doesNotContain("f6").contains("f7", "f8");
        assertThat(pipeline.metrics().journal().handedBack()).isEqualTo(1);
        assertBooksBalance(pipeline.metrics());
    }

    @Test
    void close_whilePausedProcessesTheBacklogToo() throws Exception {
        gate.release(100);
        IngestionPipeline<String> pipeline = open(SPILL, 2, Duration.ofSeconds(60));
        pipeline.pause();
        for (int i = 0; i < 8; i++) {
            pipeline.put(fragment("f" + i));
        }
        assertThat(pipeline.metrics().journal().spilled()).isEqualTo(6);
        pipeline.close();

        assertThat(processed).hasSize(8);
        assertThat(pipeline.metrics().journal().handedBack()).isZero();
    }

    @Test
    void close_handsBackWhatTheNextPipelineProcessesByPriority() throws Exception {
        IngestionPipeline<String> pipeline = open(JOURNAL, 10, Duration.ZERO);
        CompletionStage<Outcome> first = pipeline.submit(fragment("first"));
        eventually(gate::hasQueuedThreads); // it is in a batch
        CompletionStage<Outcome> low = pipeline.submit(fragment("low", Priority.LOW));
        pipeline.put(fragment("normal"));
        pipeline.put(fragment("high", Priority.HIGH));
        gate.release(1);
        assertThat(first.toCompletableFuture().get()).isInstanceOf(Outcome.Processed.class);
        pipeline.close();

        assertThat(low.toCompletableFuture().get()).isInstanceOf(Outcome.HandedBack.class);
        PipelineMetrics metrics = pipeline.metrics();
        assertThat(metrics.accepted()).isEqualTo(4);
        assertThat(metrics.processed()).isEqualTo(1);
        assertThat(metrics.dead()).isZero();
        assertThat(metrics.journal().handedBack()).isEqualTo(3);
        assertBooksBalance(metrics);
        assertThat(pipeline.deadLetters().list()).isEmpty();
        component.close();

        processed.clear();
        gate.release(100);
        IngestionPipeline<String> next = open(JOURNAL, 10, Duration.ofSeconds(60));
        next.put(fragment("new", Priority.HIGHEST));
        assertThat(next.drain(Patience.limit())).isTrue();
        assertThat(next.metrics().journal().recovered()).isEqualTo(3);
        assertThat(next.metrics().accepted()).isEqualTo(4);
        assertThat(processed).hasSize(4).containsSubsequence("normal", "low");
        component.close();

        processed.clear();
        IngestionPipeline<String> last = open(JOURNAL, 10, Duration.ofSeconds(60));
        assertThat(last.metrics().journal().recovered()).isZero();
    }

    @Test
    void recovered_areProcessedInPriorityOrder() throws Exception {
        IngestionPipeline<String> pipeline = open(JOURNAL, 100, Duration.ZERO);
        pipeline.put(fragment("plug"));
        eventually(gate::hasQueuedThreads);
        for (int i = 0; i < 5; i++) {
            for (Priority priority : Priority.values()) {
                pipeline.put(fragment(priority + "-" + i, priority));
            }
        }
        component.close();
        assertThat(processed).isEmpty();

        IngestionPipeline<String> next = open(JOURNAL, 100, Duration.ofSeconds(60));
        eventually(() -> next.metrics().journal().waiting() == 0);
        gate.release(100);
        assertThat(next.drain(Patience.limit())).isTrue();
        assertThat(processed).hasSize(26);
        for (Priority priority : Priority.values()) {
            assertThat(processed)
                    .containsSubsequence(priority + "-0", priority + "-1", priority + "-2", priority + "-3");
        }
        assertThat(processed).containsSubsequence("HIGHEST-4", "NORMAL-4", "LOWEST-4");
    }

    @Test
    void put_whileTheBacklogOfAnEarlierProcessHasNoRoomWaits() throws Exception {
        IngestionPipeline<String> pipeline = open(BOTH, 2, Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            pipeline.put(fragment("old" + i));
        }
        component.close();
        int left = 10 - processed.size();

        IngestionPipeline<String> next = open(JOURNAL, 2, Duration.ofSeconds(60));
        assertThat(next.metrics().journal().recovered()).isEqualTo(left);
        assertThat(next.offer(fragment("offered"))).isEqualTo(Offer.REFUSED_FULL);
        CompletableFuture<Void> put = CompletableFuture.runAsync(() -> {
            try {
                next.put(fragment("new"));
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        });
        gate.release(100);
        put.get();
        assertThat(next.drain(Patience.limit())).isTrue();
        assertThat(processed).hasSize(11).last().isEqualTo("new");
        assertThat(next.metrics().refused()).isEqualTo(1);
    }

    @Test
    void put_beyondTheCapacitySpillsAndIsReadBackInOrder() throws Exception {
        IngestionPipeline<String> pipeline = open(SPILL, 5, Duration.ofSeconds(60));
        List<CompletionStage<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            outcomes.add(pipeline.submit(fragment("n" + i)));
        }
        assertThat(pipeline.metrics().journal().spilled()).isBetween(150L, 195L);
        assertThat(pipeline.metrics().accepted()).isEqualTo(200);
        eventually(() -> pipeline.metrics().queued() + pipeline.metrics().inFlight() == 200);
        assertThat(pipeline.metrics().journal().waiting()).isPositive();
        gate.release(1_000);
        assertThat(pipeline.drain(Patience.limit())).isTrue();
        for (CompletionStage<Outcome> outcome : outcomes) {
            assertThat(outcome.toCompletableFuture().get()).isEqualTo(new Outcome.Processed(1));
        }
        assertThat(processed).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(processed.get(i)).isEqualTo("n" + i);
        }
        eventually(() -> pipeline.metrics().processed() == 200);
        assertThat(pipeline.metrics().journal().waiting()).isZero();
        assertBooksBalance(pipeline.metrics());
    }

    @Test
    void offer_beyondTheHighWatermarkSpills() throws Exception {
        IngestionPipeline<String> pipeline = open(BOTH, 5, Duration.ofSeconds(60));
        for (int i = 0; i < 20; i++) {
            assertThat(pipeline.offer(fragment("n" + i))).isEqualTo(Offer.ACCEPTED);
        }
        gate.release(1_000);
        assertThat(pipeline.drain(Patience.limit())).isTrue();
        assertThat(processed).hasSize(20);
        assertBooksBalance(pipeline.metrics());
    }

    @Test
    void put_beyondThePermittedBytesWaitsAndIsReleasedByClose() throws Exception {
        JournalSettings small = new JournalSettings(true, true, DataSize.parse("32KiB"));
        IngestionPipeline<String> pipeline = open(small, 1_000, Duration.ZERO);
        CompletableFuture<Integer> accepted = CompletableFuture.supplyAsync(() -> {
            int count = 0;
            try {
                while (true) {
                    pipeline.put(
                            new Fragment<>("n" + count, "x".repeat(1_000), Priority.NORMAL, Instant.EPOCH, Map.of()));
                    count++;
                }
            } catch (InterruptedException | IllegalStateException released) {
                return count;
            }
        });
        eventually(() -> pipeline.metrics().accepted() > 20);
        eventually(() -> pipeline.metrics().journal().bytes() > 30_000);
        assertThat(accepted).isNotDone();
        gate.release(30);
        eventually(() -> pipeline.metrics().accepted() > 40);
        pipeline.close();
        int count = accepted.get();
        PipelineMetrics metrics = pipeline.metrics();
        assertThat(metrics.accepted()).isEqualTo(count);
        assertBooksBalance(metrics);
        component.close();

        gate.release(10_000);
        IngestionPipeline<String> next = open(small, 1_000, Duration.ofSeconds(60));
        assertThat(next.drain(Patience.limit())).isTrue();
        assertThat(processed).hasSize(count).doesNotHaveDuplicates();
    }

    @Test
    void dead_isRemovedFromTheJournalAfterItsLetterWasKept() throws Exception {
        IngestionPipeline<String> pipeline = open(JOURNAL, 10, Duration.ofSeconds(60), batch -> {
            throw new IllegalArgumentException("planted");
        });
        assertThat(pipeline.submit(fragment("a")).toCompletableFuture().get()).isInstanceOf(Outcome.Dead.class);
        eventually(() -> pipeline.deadLetters().size() == 1);
        component.close();

        IngestionPipeline<String> next = open(JOURNAL, 10, Duration.ofSeconds(60));
        assertThat(next.metrics().journal().recovered()).isZero();
    }

    @Test
    void putAll_acceptsInOrder() throws Exception {
        IngestionPipeline<String> pipeline = open(JOURNAL, 1_000, Duration.ofSeconds(60));
        List<Fragment<String>> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(fragment("n" + i));
        }
        pipeline.putAll(many);
        assertThat(pipeline.metrics().accepted()).isEqualTo(300);
        gate.release(1_000);
        assertThat(pipeline.drain(Patience.limit())).isTrue();
        assertThat(processed)
                .containsExactlyElementsOf(many.stream().map(Fragment::id).toList());
    }

    @Test
    void open_twiceInOneFolderIsRefused() {
        IngestionPipeline<String> pipeline = open(JOURNAL, 10, Duration.ofSeconds(60));
        assertThat(component.open("other", batch -> {}).metrics().journal().bytes())
                .as("without a folder, there is no journal")
                .isZero();
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> component.open(PipelineSpec.<String>of("third", batch -> {})
                        .withJournal(folder.resolve("journal"), ContentCodec.text())))
                .withMessageContaining("journal");
        component.close();
        assertThatIllegalStateException().isThrownBy(() -> pipeline.put(fragment("late")));
        assertThat(pipeline.offer(fragment("late"))).isEqualTo(Offer.REFUSED_CLOSED);
    }
}
