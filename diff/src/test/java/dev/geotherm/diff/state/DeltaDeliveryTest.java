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
class DeltaDeliveryTest {
    private static final int BLOCKED = 6;

    private final ManualScheduler scheduler = new ManualScheduler(new SettableClock());
    private final DeltaDelivery delivery =
            new DeltaDelivery(ComponentContext.standalone("sized").withScheduler(scheduler));
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch leave = new CountDownLatch(1);

    @AfterEach
    void close() {
        delivery.close();
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
            delivery.execute(this::block);
        }
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> {
            scheduler.advance(Duration.ofMillis(20));
            return begun.get() == BLOCKED;
        });
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> delivery.workers() == BLOCKED);
        leave.countDown();
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> delivery.workers() == 0);
    }

    @Test
    void execute_addsNoWorkerWhileTasksStart() {
        delivery.execute(this::block);
        awaitBegun(1);
        delivery.execute(begun::incrementAndGet);
        leave.countDown();
        awaitBegun(2);
        scheduler.advance(Duration.ofMillis(20));
        assertThat(delivery.workers()).isLessThanOrEqualTo(1);
    }

    @Test
    void execute_failedTaskDoesNotStopOthers() {
        delivery.execute(() -> {
            throw new IllegalStateException("wanted");
        });
        delivery.execute(begun::incrementAndGet);
        await().dontCatchUncaughtExceptions()
                .atMost(Patience.limit())
                .pollInterval(Duration.ofMillis(5))
                .until(() -> begun.get() == 1);
    }

    @Test
    void execute_afterCloseIsRefused() {
        delivery.close();
        assertThat(delivery.execute(begun::incrementAndGet)).isFalse();
        assertThat(begun).hasValue(0);
    }

    @Test
    void close_interruptsBlockedTasks() {
        delivery.execute(this::block);
        awaitBegun(1);
        delivery.close();
        assertThat(delivery.workers()).isZero();
    }
}
