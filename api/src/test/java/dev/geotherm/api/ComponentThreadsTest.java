package dev.geotherm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ComponentThreadsTest {
    private final Set<Throwable> failures = ConcurrentHashMap.newKeySet();
    private final ComponentThreads threads = new ComponentThreads("test", (thread, failure) -> failures.add(failure));

    @AfterEach
    void noThreadIsLeft() {
        threads.close();
        await().untilAsserted(() -> assertThat(threads.alive()).isZero());
    }

    @Test
    void every_runsAgainAfterAReportedFailure() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);
        IllegalStateException failure = new IllegalStateException("run");
        ScheduledTask task = threads.every(Duration.ofMillis(1), () -> {
            runs.countDown();
            throw failure;
        });
        runs.await();
        task.cancel();
        assertThat(failures).containsExactly(failure);
    }

    @Test
    void every_delayThatIsNotPositiveIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> threads.every(Duration.ZERO, () -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> threads.after(Duration.ofNanos(-1), () -> {}));
    }

    @Test
    void after_runsOnceOnANamedDaemonThatEndsWithIt() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch ran = new CountDownLatch(1);
        AtomicBoolean rightThread = new AtomicBoolean();
        threads.after(Duration.ZERO, () -> {
            runs.incrementAndGet();
            Thread current = Thread.currentThread();
            rightThread.set(current.isDaemon() && current.getName().equals("geotherm-test-scheduler-1"));
            ran.countDown();
        });
        ran.await();
        await().untilAsserted(() -> assertThat(threads.alive()).isZero());
        assertThat(runs).hasValue(1);
        assertThat(rightThread).isTrue();
    }

    @Test
    void cancel_waitsForTheRunInProgressAndEndsTheThread() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        ScheduledTask task = threads.every(Duration.ofMillis(1), () -> {
            started.countDown();
            try {
                go.await();
            } catch (InterruptedException interrupted) {
                failures.add(interrupted);
            }
            ended.set(true);
        });
        started.await();
        ExecutorService beside = threads.blocking("beside");
        Future<Boolean> cancelled = beside.submit(() -> {
            task.cancel();
            return ended.get();
        });
        go.countDown();
        assertThat(cancelled.get()).as("the run had ended when cancel returned").isTrue();
        assertThat(failures).isEmpty();
        beside.shutdown();
    }

    @Test
    void cancel_byTheTaskItselfReturns() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        ScheduledTask[] self = new ScheduledTask[1];
        synchronized (self) {
            self[0] = threads.every(Duration.ofMillis(1), () -> {
                synchronized (self) {
                    self[0].cancel();
                }
                done.countDown();
            });
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void compute_usesAtMostTheGivenThreads() throws InterruptedException {
        ExecutorService two = threads.compute("work", 2);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(2);
        for (int i = 0; i < 5; i++) {
            two.execute(() -> {
                busy.countDown();
                try {
                    release.await();
                } catch (InterruptedException interrupted) {
                    failures.add(interrupted);
                }
            });
        }
        busy.await();
        assertThat(threads.alive()).isEqualTo(2);
        release.countDown();
        two.shutdown();
        assertThat(two.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void blocking_runsAllTasksAtOnceOnVirtualThreadsIfUsable() throws Exception {
        ExecutorService executor = threads.blocking("wait");
        CountDownLatch all = new CountDownLatch(50);
        Future<String> last = null;
        for (int i = 0; i < 50; i++) {
            last = executor.submit(() -> {
                all.countDown();
                all.await();
                return Thread.currentThread().toString()
                        + Thread.currentThread().getName();
            });
        }
        assertThat(last.get()).contains("geotherm-test-wait-");
        if (Runtime.version().feature() >= 24) {
            assertThat(last.get()).startsWith("VirtualThread");
        }
        executor.shutdown();
    }

    private static List<Thread> live(String instance) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("geotherm-" + instance + "-"))
                .toList();
    }

    @Test
    void close_leavesNoSchedulerThread() {
        for (int round = 0; round < 200; round++) {
            ComponentThreads closed = new ComponentThreads("left", (thread, failure) -> failures.add(failure));
            ScheduledTask task = closed.every(Duration.ofDays(1), () -> {});
            if (round % 2 == 0) {
                task.cancel(); // as components do when they close
            }
            closed.close();
            assertThat(live("left")).as("round %d", round).isEmpty();
        }
    }

    @Test
    void close_ofAnInterruptedThreadLeavesNoSchedulerThreadAndKeepsTheInterrupt() {
        ComponentThreads closed = new ComponentThreads("interrupted", (thread, failure) -> failures.add(failure));
        closed.every(Duration.ofDays(1), () -> {});
        Thread.currentThread().interrupt();
        try {
            closed.close();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(live("interrupted")).isEmpty();
    }

    @Test
    void close_byATaskReturns() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        threads.after(Duration.ZERO, () -> {
            threads.close();
            closed.countDown();
        });
        closed.await();
    }

    @Test
    void close_endsRemainingThreadsAndRefusesNewOnes() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        threads.blocking("wait").execute(() -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
            }
        });
        threads.every(Duration.ofDays(1), () -> {});
        started.await();
        threads.close();
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> threads.blocking("more"));
        assertThatIllegalStateException().isThrownBy(() -> threads.every(Duration.ofDays(1), () -> {}));
    }
}
