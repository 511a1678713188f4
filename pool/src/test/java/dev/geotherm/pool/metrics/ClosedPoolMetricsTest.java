package dev.geotherm.pool.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.pool.none.NonePools;
import dev.geotherm.pool.none.NonePoolsSettings;
import dev.geotherm.pool.striped.StripedPools;
import dev.geotherm.pool.striped.StripedPoolsSettings;
import dev.geotherm.testkit.Patience;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics of a component count what happens in a pool after it is closed. */
@Timeout(120) // a guard against hanging
final class ClosedPoolMetricsTest {

    /** An allocator that waits until it may go on. */
    private static final class Held implements Allocator<StringBuilder> {
        private final CountDownLatch allocating = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public StringBuilder allocate() throws InterruptedException {
            allocating.countDown();
            goOn.await();
            return new StringBuilder();
        }

        @Override
        public void reset(StringBuilder builder) {}
    }

    private static ObjectPools open(String pools) {
        ComponentContext context = ComponentContext.standalone("pool");
        return pools.equals("none")
                ? new NonePools(Settings.defaults(NonePoolsSettings.class), context)
                : new StripedPools(Settings.of(StripedPoolsSettings.class, Map.of("initialSize", "0")), context);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "striped"})
    void close_duringAnAcquisitionCountsIt(String implementation) throws Exception {
        try (ObjectPools pools = open(implementation)) {
            Held allocator = new Held();
            ObjectPool<StringBuilder> pool = pools.open("a", allocator);
            CompletableFuture<Void> use = CompletableFuture.runAsync(() -> pool.release(pool.acquire()), runnable -> {
                Thread thread = new Thread(runnable, "user");
                thread.setDaemon(true);
                thread.start();
            });
            allocator.allocating.await();
            pool.close();
            assertThat(pools.metrics().pools().get("a").acquired()).isZero();
            allocator.goOn.countDown();
            use.handle((ended, refused) -> null).join();
            for (int read = 0; read < 2; read++) {
                assertThat(pools.metrics().pools().get("a")).isEqualTo(pool.metrics());
            }
        }
    }

    @Test
    void close_withALeakedObjectCountsTheLeak() {
        try (ObjectPools pools = open("none")) {
            Held allocator = new Held();
            allocator.goOn.countDown();
            ObjectPool<StringBuilder> pool = pools.open("a", allocator);
            WeakReference<Object> leaked = new WeakReference<>(pool.acquire());
            pool.close();
            await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(20)).until(() -> {
                System.gc();
                return leaked.refersTo(null) && pools.metrics().pools().get("a").leaked() == 1;
            });
            PoolMetrics last = pools.metrics().pools().get("a");
            assertThat(last.inUse()).isZero();
        }
    }
}
