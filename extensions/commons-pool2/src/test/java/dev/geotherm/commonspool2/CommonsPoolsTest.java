package dev.geotherm.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.testkit.Patience;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Behaviour that the contract of object pools leaves open. */
class CommonsPoolsTest extends PoolFixture {
    private final AtomicInteger alive = new AtomicInteger();

    private final Allocator<Widget> allocator = new Allocator<>() {
        @Override
        public Widget allocate() {
            return new Widget(alive.incrementAndGet());
        }

        @Override
        public void reset(Widget widget) {}

        @Override
        public void deallocate(Widget widget) {
            alive.decrementAndGet();
        }
    };

    private CommonsPools create(Map<String, String> settings) {
        CommonsPools pools = new CommonsPools(
                Settings.of(CommonsPoolsSettings.class, settings), ComponentContext.standalone("commons-own-test"));
        closedAtTheEnd(pools);
        return pools;
    }

    @Test
    void cleanUp_runsAtItsInterval() {
        ObjectPool<Widget> pool =
                create(Map.of("initialSize", "0", "cleanupInterval", "20ms")).open("widgets", allocator);
        List<Widget> widgets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            widgets.add(pool.acquire());
        }
        widgets.forEach(pool::release);
        await().atMost(Patience.limit())
                .pollInterval(Duration.ofMillis(5))
                .until(() -> pool.metrics().idle() == 0);
        assertThat(alive).hasValue(0);
    }

    @Test
    void reconfigure_changedIntervalAppliesImmediately() {
        CommonsPools pools = create(Map.of("initialSize", "0", "cleanupInterval", "7d"));
        ObjectPool<Widget> pool = pools.open("widgets", allocator);
        pool.run(widget -> {});
        pools.reconfigure(
                Settings.of(CommonsPoolsSettings.class, Map.of("initialSize", "0", "cleanupInterval", "20ms")));
        await().atMost(Patience.limit())
                .pollInterval(Duration.ofMillis(5))
                .until(() -> pool.metrics().idle() == 0);
    }

    @Test
    void misuse_isCountedIfTheSettingsSaySo() {
        ObjectPool<Widget> pool =
                create(Map.of("initialSize", "0", "whenMisused", "count")).open("widgets", allocator);
        Widget widget = pool.acquire();
        pool.release(widget);
        assertThatCode(() -> pool.release(widget)).doesNotThrowAnyException();
        assertThatCode(() -> pool.discard(widget)).doesNotThrowAnyException();
        assertThat(pool.metrics().refused()).isEqualTo(2);
        assertThat(pool.acquire()).isSameAs(widget);
        assertThat(pool.acquire()).isNotSameAs(widget);
    }

    @Test
    void release_objectOfALeaseIsRefused() {
        ObjectPool<Widget> pool = create(Map.of("initialSize", "0")).open("widgets", allocator);
        try (Lease<Widget> lease = pool.lease()) {
            assertThatExceptionOfType(PoolMisuseException.class).isThrownBy(() -> pool.release(lease.get()));
            assertThatExceptionOfType(PoolMisuseException.class).isThrownBy(() -> pool.discard(lease.get()));
            assertThat(pool.metrics().inUse()).isEqualTo(1);
        }
        assertThat(pool.metrics().idle()).isEqualTo(1);
    }

    @Test
    void acquire_returnsTheObjectReleasedLast() {
        ObjectPool<Widget> pool = create(Map.of("initialSize", "0")).open("widgets", allocator);
        Widget first = pool.acquire();
        Widget second = pool.acquire();
        pool.release(first);
        pool.release(second);
        assertThat(pool.acquire()).isSameAs(second);
    }

    @Test
    void acquire_allocatorThatReturnsAnObjectTwiceIsRefused() {
        Widget same = new Widget(1);
        ObjectPool<Widget> pool = create(Map.of("initialSize", "0")).open("widgets", new Allocator<>() {
            @Override
            public Widget allocate() {
                return same;
            }

            @Override
            public void reset(Widget widget) {}
        });
        pool.acquire();
        assertThatExceptionOfType(AllocationException.class)
                .isThrownBy(pool::acquire)
                .withMessageContaining("already has");
    }

    @Test
    void acquire_errorOfTheJvmIsThrown() {
        OutOfMemoryError planted = new OutOfMemoryError("planted");
        ObjectPool<Widget> pool = create(Map.of("initialSize", "0", "maxSize", "1", "whenExhausted", "fail"))
                .open("widgets", new Allocator<>() {
                    private boolean failed;

                    @Override
                    public Widget allocate() {
                        if (!failed) {
                            failed = true;
                            throw planted;
                        }
                        return new Widget(1);
                    }

                    @Override
                    public void reset(Widget widget) {}
                });
        assertThatThrownBy(pool::acquire).isSameAs(planted);
        assertThatCode(pool::acquire).doesNotThrowAnyException();
    }

    @Test
    void create_registersNoMBeanAndStartsNoThread() throws Exception {
        ObjectPool<Widget> pool = create(Map.of()).open("widgets", allocator);
        pool.run(widget -> {});
        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .queryNames(new ObjectName("org.apache.commons.pool2:*"), null))
                .isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("commons-pool-evictor");
    }
}
