package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Far more producers than room in the queue. */
final class ManyProducersTest {
    private static final int CAPACITY = 64;
    private static final int EACH = 4;

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger processed = new AtomicInteger();

    /** The number of producers of which no fragment was processed when half of all fragments were. */
    private final AtomicInteger emptyHandedAtHalfTime = new AtomicInteger();

    @Test
    void put_ofManyThreadsLosesNothing() throws Exception {
        run(300, Thread::new);
    }

    @Test
    @Tag("full")
    void put_ofTenThousandVirtualThreadsIsFairAndBounded() throws Exception {
        assumeTrue(
                Runtime.version().feature() >= 24, "virtual threads keep their carrier in a monitor, or do not exist");
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        ThreadFactory factory = (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        run(10_000, factory);
        // The order in which woken threads run is not the pipeline's; without fairness, it was a tenth.
        assertThat(emptyHandedAtHalfTime.get()).isLessThan(10_000 / 20);
    }

    private void run(int producers, ThreadFactory factory) throws Exception {
        AtomicIntegerArray done = new AtomicIntegerArray(producers);
        try (LanePipelines pipelines =
                        new LanePipelines(TestSettings.of(CAPACITY, 1), ComponentContext.standalone("crowd"));
                IngestionPipeline<Integer> pipeline = pipelines.open("crowd", batch -> process(batch, done))) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < producers; i++) {
                int producer = i;
                threads.add(factory.newThread(() -> put(pipeline, producer)));
            }
            threads.forEach(Thread::start);
            await().atMost(Patience.limit())
                    .until(() -> threads.stream().allMatch(ManyProducersTest::waitsOrHasEnded)
                            && pipeline.metrics().queued() == CAPACITY);
            released.countDown();

            for (Thread thread : threads) {
                thread.join(Patience.limit().toMillis());
            }
            assertThat(pipeline.drain(Patience.limit())).isTrue();
            assertThat(pipeline.metrics().processed()).isEqualTo(producers * EACH);
        }
    }

    private static boolean waitsOrHasEnded(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING || !thread.isAlive();
    }

    private static void put(IngestionPipeline<Integer> pipeline, int producer) {
        try {
            for (int i = 0; i < EACH; i++) {
                pipeline.put(TestFragments.fragment(producer + "-" + i, Priority.NORMAL)
                        .withContent(producer));
            }
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private void process(Batch<Integer> batch, AtomicIntegerArray done) throws InterruptedException {
        released.await();
        for (Fragment<Integer> one : batch.fragments()) {
            done.incrementAndGet(one.content());
            if (processed.incrementAndGet() == done.length() * EACH / 2) {
                for (int i = 0; i < done.length(); i++) {
                    emptyHandedAtHalfTime.addAndGet(done.get(i) == 0 ? 1 : 0);
                }
            }
        }
    }
}
