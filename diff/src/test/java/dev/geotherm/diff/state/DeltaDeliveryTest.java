package dev.geotherm.diff.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many threads deliver. */
@Timeout(60)
class DeltaDeliveryTest {

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("geotherm-sized-deltas"))
                .count();
    }

    @Test
    void threadsComeWhileSubscribersAreStuckAndGoAfterwards() {
        DeltaDelivery delivery = new DeltaDelivery("sized");
        try {
            CountDownLatch begun = new CountDownLatch(6);
            CountDownLatch leave = new CountDownLatch(1);
            for (int i = 0; i < 6; i++) {
                delivery.execute(() -> {
                    begun.countDown();
                    try {
                        leave.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> begun.getCount() == 0);
            assertThat(threads()).isGreaterThanOrEqualTo(6);
            leave.countDown();
            // Threads without work go after ten seconds; those that are too many go before.
            await().atMost(Duration.ofSeconds(7)).until(() -> threads() <= 1);
        } finally {
            delivery.close();
        }
    }
}
