package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.testkit.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WaitingThreadsTest {
    private final Object monitor = new Object();
    /** No thread tries again by itself, so that the order depends on signals only. */
    private final WaitingThreads threads = new WaitingThreads(monitor, TimeUnit.HOURS.toNanos(1));

    private final List<String> taken = new ArrayList<>();
    private int permits;
    private int failures;

    @Test
    void signal_wakesInOrderOfArrival() {
        start("a");
        start("b");
        start("c");
        for (int i = 1; i <= 3; i++) {
            int expected = i;
            give(1);
            until(() -> taken.size() == expected);
        }

        assertThat(taken).containsExactly("a", "b", "c");
    }

    @Test
    void await_failedAttemptKeepsItsPlace() {
        start("a");
        start("b");
        int before = failures;
        give(0); // a signal without a permit
        until(() -> failures > before);
        give(1);
        until(() -> taken.size() == 1);

        assertThat(taken).containsExactly("a");
        give(1);
        until(() -> taken.size() == 2);
    }

    @Test
    void await_newThreadDoesNotOvertakeOneThatHasWaitedForLong() {
        start("a");
        until(() -> !threads.mayOvertake());
        synchronized (monitor) {
            permits = 1; // without a signal
        }
        start("b");
        assertThat(taken()).isEmpty();
        give(0);
        until(() -> taken.size() == 1);
        give(1);
        until(() -> taken.size() == 2);

        assertThat(taken).containsExactly("a", "b");
    }

    /** Starts a thread, and returns when it waits. */
    private void start(String name) {
        Thread thread = new Thread(() -> {
            try {
                threads.await(() -> take(name));
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        });
        thread.setDaemon(true);
        thread.start();
        until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    private List<String> taken() {
        synchronized (monitor) {
            return List.copyOf(taken);
        }
    }

    private boolean take(String name) {
        if (permits == 0) {
            failures++;
            return false;
        }
        permits--;
        taken.add(name);
        return true;
    }

    private void give(int more) {
        synchronized (monitor) {
            permits += more;
            threads.signal();
        }
    }

    private void until(Callable<Boolean> condition) {
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(1)).until(() -> {
            synchronized (monitor) {
                return condition.call();
            }
        });
    }
}
