package dev.geotherm.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ThreadsLeftTest {

    @Test
    void assertNone_namesThreadThatStays() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        release.await();
                    } catch (InterruptedException end) {
                        Thread.currentThread().interrupt();
                    }
                },
                "geotherm-left-behind-1");
        thread.setDaemon(true);
        thread.start();

        assertThat(ThreadsLeft.of("left-behind")).containsExactly(thread);
        ThreadsLeft.assertNone("behind");
        assertThatThrownBy(() -> Patience.during(Duration.ofMillis(20), () -> {
                    ThreadsLeft.assertNone("left-behind");
                    return "none";
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("geotherm-left-behind-1");

        release.countDown();
        ThreadsLeft.assertNone("left-behind");
        assertThat(thread.isAlive()).isFalse();
    }
}
