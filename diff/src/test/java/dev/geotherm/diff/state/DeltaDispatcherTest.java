package dev.geotherm.diff.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.testkit.ManualScheduler;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.SettableClock;
import dev.geotherm.testkit.ThreadsLeft;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The workers that call subscribers; the test advances the 20 ms delay manually. */
@Timeout(300)
class DeltaDispatcherTest {
    private static final int BLOCKED = 6;

    private final ManualScheduler scheduler = new ManualScheduler(new SettableClock());
    private final DeltaDispatcher dispatcher =
            new DeltaDispatcher(ComponentContext.standalone("sized").withScheduler(scheduler));
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch leave = new CountDownLatch(1);

    @AfterEach
    void close() {
        dispatcher.close();
        ThreadsLeft.assertNone("sized");
    }

    private void block() {
        begun.incrementAndGet();
        try {
            leave.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitBegun(int tasks) {
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> begun.get() == tasks);
    }

    @Test
    void execute_addsAWorkerForEachBlockedTask() {
        for (int i = 0; i < BLOCKED; i++) {
            dispatcher.execute(this::block);
        }
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> {
            scheduler.advance(Duration.ofMillis(20));
            return begun.get() == BLOCKED;
        });
        await().atMost(Patience.limit())
                .pollInterval(Duration.ofMillis(5))
                .until(() -> dispatcher.workers() == BLOCKED);
        leave.countDown();
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> dispatcher.workers() == 0);
    }

    @Test
    void execute_addsNoWorkerWhileTasksStart() {
        dispatcher.execute(this::block);
        awaitBegun(1);
        dispatcher.execute(begun::incrementAndGet);
        leave.countDown();
        awaitBegun(2);
        scheduler.advance(Duration.ofMillis(20));
        assertThat(dispatcher.workers()).isLessThanOrEqualTo(1);
    }

    @Test
    void execute_failedTaskDoesNotStopOthers() {
        dispatcher.execute(() -> {
            throw new IllegalStateException("wanted");
        });
        dispatcher.execute(begun::incrementAndGet);
        await().dontCatchUncaughtExceptions()
                .atMost(Patience.limit())
                .pollInterval(Duration.ofMillis(5))
                .until(() -> begun.get() == 1);
    }

    @Test
    void execute_afterCloseIsRefused() {
        dispatcher.close();
        assertThat(dispatcher.execute(begun::incrementAndGet)).isFalse();
        assertThat(begun).hasValue(0);
    }

    @Test
    void close_interruptsBlockedTasks() {
        dispatcher.execute(this::block);
        awaitBegun(1);
        dispatcher.close();
        assertThat(dispatcher.workers()).isZero();
    }
}
