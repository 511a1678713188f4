package dev.geotherm.pool.striped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.PoolSlot;
import dev.geotherm.api.pool.Poolable;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.ThreadsLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The behaviour of striped pools beyond the contract. */
@Timeout(300)
final class StripedPoolsTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final StripedPools pools =
            new StripedPools(settings(0, 100, NEVER), ComponentContext.standalone("striped-test"));
    private final ObjectPool<StringBuilder> pool = pools.open("builders", new Builders());

    /** An allocator of string builders. */
    private static class Builders implements Allocator<StringBuilder> {
        @Override
        public StringBuilder allocate() throws Exception {
            return new StringBuilder();
        }

        @Override
        public void reset(StringBuilder builder) {
            builder.setLength(0);
        }
    }

    @AfterEach
    void close() {
        pools.close();
        ThreadsLeft.assertNone("striped-test");
    }

    @Test
    void cleanUp_keepsRecentDemand() {
        use(50);
        assertThat(idleAfterCleanUp()).isEqualTo(50);
        for (int i = 0; i < 199; i++) {
            use(10);
            pool.cleanUp();
        }
        assertThat(idleAfterCleanUp()).isEqualTo(10); // only one of 200 measurements had higher demand
    }

    @Test
    void open_preallocatesWithinTheBound() {
        pools.reconfigure(QuietPools.settings("initialSize", "50", "maxSize", "8"));
        assertThat(pools.open("others", new Builders()).metrics().idle()).isEqualTo(8);
    }

    @Test
    void minSize_isLimitedByMaxSize() {
        pools.reconfigure(QuietPools.settings("minSize", "10", "maxSize", "3"));
        ObjectPool<StringBuilder> small = pools.open("others", new Builders());
        List<StringBuilder> held = List.of(small.acquire(), small.acquire(), small.acquire(), small.acquire());
        held.forEach(small::release);
        small.cleanUp();
        assertThat(small.metrics().idle()).isEqualTo(3);
    }

    @Test
    void allocate_objectThatRefusesItsSlotIsDeallocatedAndCostsNoCapacity() {
        final class Refusing implements Poolable {
            @Override
            public @Nullable PoolSlot slot() {
                return null;
            }

            @Override
            public void slot(PoolSlot slot) {
                throw new UnsupportedOperationException("planted");
            }
        }

        List<Refusing> deallocated = new ArrayList<>();
        ObjectPool<Refusing> refusing = pools.open("refusing", new Allocator<>() {
            @Override
            public Refusing allocate() {
                return new Refusing();
            }

            @Override
            public void reset(Refusing object) {}

            @Override
            public void deallocate(Refusing object) {
                deallocated.add(object);
            }
        });
        assertThatExceptionOfType(AllocationException.class)
                .isThrownBy(refusing::acquire)
                .havingCause()
                .withMessage("planted");
        assertThat(deallocated).hasSize(1);
        assertThat(refusing.metrics().size()).isZero();
    }

    @Test
    void cleanUp_keepsMinSize() {
        use(50);
        pools.reconfigure(QuietPools.settings("minSize", "7"));
        for (int i = 0; i < 200; i++) {
            pool.cleanUp();
        }
        assertThat(pool.metrics().idle()).isEqualTo(7);
    }

    @Test
    void cleanUp_deallocatesObjectsBeyondDemandAtEachInterval() {
        use(100);
        assertThat(pool.metrics().idle()).isEqualTo(100);
        pools.reconfigure(settings(3, 100, Duration.ofMillis(5)));
        await().atMost(Patience.limit())
                .pollInterval(Duration.ofMillis(5))
                .until(() -> pool.metrics().idle() == 3);
        assertThat(pool.metrics().discarded()).isEqualTo(97);
    }

    @Test
    void cleanUp_afterATrimPreallocatesAgain() {
        pools.reconfigure(settings(3, 100, NEVER));
        pools.trim();
        assertThat(pools.open("during", new Builders()).metrics().preallocated())
                .isZero();
        pools.reconfigure(settings(3, 100, Duration.ofMillis(5)));
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> {
            try (ObjectPool<StringBuilder> after = pools.open("after", new Builders())) {
                return after.metrics().preallocated() == 3;
            }
        });
    }

    @Test
    void acquire_prefersTheObjectUsedLast() {
        StringBuilder first = pool.acquire();
        StringBuilder last = pool.acquire();
        pool.release(first);
        pool.release(last);
        assertThat(pool.acquire()).isSameAs(last);
        assertThat(pool.acquire()).isSameAs(first);
    }

    @Test
    void cleanUp_deallocatesLeastRecentlyUsedFirst() {
        StringBuilder first = pool.acquire();
        StringBuilder last = pool.acquire();
        pool.release(first);
        pool.cleanUp(); // records the idle objects
        pool.release(last);
        pools.reconfigure(settings(0, 1, NEVER));
        assertThat(pool.acquire()).isSameAs(last);
    }

    @Test
    void release_objectOfALeaseIsRefused() {
        Lease<StringBuilder> lease = pool.lease();
        StringBuilder builder = lease.get();
        assertThatExceptionOfType(PoolMisuseException.class).isThrownBy(() -> pool.release(builder));
        assertThatExceptionOfType(PoolMisuseException.class).isThrownBy(() -> pool.discard(builder));
        assertThat(pool.metrics().inUse()).isEqualTo(1);
        lease.close();
        assertThat(pool.metrics().idle()).isEqualTo(1);
    }

    @Test
    void allocate_sameObjectTwiceIsRefused() {
        StringBuilder only = new StringBuilder();
        ObjectPool<StringBuilder> wrong = pools.open("wrong", new Builders() {
            @Override
            public StringBuilder allocate() {
                return only;
            }
        });
        wrong.acquire();
        assertThatExceptionOfType(AllocationException.class)
                .isThrownBy(wrong::acquire)
                .withMessageContaining("already");
        assertThat(wrong.metrics().failures()).isEqualTo(1);
        assertThat(wrong.metrics().inUse()).isEqualTo(1);
    }

    @Test
    void allocate_nullIsRefused() {
        ObjectPool<StringBuilder> wrong = pools.open("wrong", new Builders() {
            @Override
            public StringBuilder allocate() {
                return null;
            }
        });
        assertThatExceptionOfType(AllocationException.class)
                .isThrownBy(wrong::acquire)
                .withMessageContaining("returned null");
    }

    @Test
    void allocate_outOfMemoryErrorIsThrownAndCostsNoCapacity() {
        AtomicReference<Error> failure = new AtomicReference<>(new OutOfMemoryError("planted"));
        ObjectPool<StringBuilder> scarce = pools.open("scarce", new Builders() {
            @Override
            public StringBuilder allocate() {
                if (failure.get() != null) {
                    throw failure.get();
                }
                return new StringBuilder();
            }
        });
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(scarce::acquire);
        failure.set(null);
        assertThat(scarce.use(StringBuilder::length)).isZero();
        assertThat(scarce.metrics().failures()).isEqualTo(1);
    }

    @Test
    void allocate_interruptedThreadStaysInterrupted() {
        ObjectPool<StringBuilder> slow = pools.open("slow", new Builders() {
            @Override
            public StringBuilder allocate() throws InterruptedException {
                throw new InterruptedException("planted");
            }
        });
        assertThatExceptionOfType(AllocationException.class).isThrownBy(slow::acquire);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void allocationAvoided_excludesFirstUses() {
        try (StripedPools eager = new StripedPools(
                Settings.of(StripedPoolsSettings.class, Map.of("initialSize", "2", "maxSize", "4")),
                ComponentContext.standalone("eager"))) {
            ObjectPool<StringBuilder> pool = eager.open("eager", new Builders() {
                @Override
                public long sizeInBytes(StringBuilder builder) {
                    return 10;
                }
            });
            pool.run(builder -> {});
            assertThat(pool.metrics().firstUses()).isEqualTo(1);
            assertThat(pool.metrics().reused()).isZero();
            assertThat(pool.metrics().allocationAvoided()).isZero();
        }
    }

    @Test
    void sizeInBytes_failureCountsAsUnknown() {
        ObjectPool<StringBuilder> unmeasured = pools.open("unmeasured", new Builders() {
            @Override
            public long sizeInBytes(StringBuilder builder) {
                throw new IllegalStateException("planted");
            }
        });
        unmeasured.run(builder -> {});
        unmeasured.run(builder -> {});
        assertThat(unmeasured.metrics().reused()).isEqualTo(1);
        assertThat(unmeasured.metrics().allocationAvoided()).isZero();
    }

    @Test
    void close_canBeCalledByAnAllocator() {
        ObjectPool<StringBuilder> last = pools.open("last", new Builders() {
            @Override
            public void deallocate(StringBuilder builder) {
                pools.close();
            }
        });
        use(last, 3);
        pools.reconfigure(settings(0, 100, Duration.ofMillis(1))); // the housekeeper itself then closes the pools
        await().atMost(Patience.limit())
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThatIllegalStateException().isThrownBy(last::acquire));
        ThreadsLeft.assertNone("striped-test");
    }

    @Test
    void reconfigure_afterCloseIsRefused() {
        pools.close();
        assertThatIllegalStateException().isThrownBy(() -> pools.reconfigure(settings(0, 1, NEVER)));
    }

    @Test
    void nullArguments_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> pools.open(null, new Builders()));
        assertThatNullPointerException().isThrownBy(() -> pools.open("x", null));
        assertThatNullPointerException().isThrownBy(() -> pool.release(null));
        assertThatNullPointerException().isThrownBy(() -> pool.discard(null));
        assertThatNullPointerException().isThrownBy(() -> pools.reconfigure(null));
    }

    @Test
    void reconfigure_anyBoundsLoseNothing() {
        RandomCases.run(50, random -> {
            int max = 1 + random.nextInt(20);
            try (StripedPools some = new StripedPools(
                    settings(random.nextInt(max + 1), max, NEVER), ComponentContext.standalone("striped-test"))) {
                ObjectPool<StringBuilder> one = some.open("one", new Builders());
                List<StringBuilder> held = new ArrayList<>();
                for (int step = 0; step < 200; step++) {
                    if (random.nextInt(10) == 0) {
                        max = 1 + random.nextInt(20);
                        some.reconfigure(settings(random.nextInt(max + 1), max, NEVER));
                    } else if (random.nextInt(10) == 0) {
                        some.trim();
                    } else if (held.isEmpty() || random.nextBoolean()) {
                        held.add(one.acquire());
                    } else {
                        one.release(held.remove(random.nextInt(held.size())));
                    }
                    PoolMetrics metrics = one.metrics();
                    assertThat(metrics.inUse()).isEqualTo(held.size());
                    assertThat(metrics.idle()).isLessThanOrEqualTo(max);
                    assertThat(metrics.created() + metrics.preallocated())
                            .isEqualTo(metrics.size() + metrics.discarded());
                }
            }
        });
    }

    private int idleAfterCleanUp() {
        pool.cleanUp();
        return pool.metrics().idle();
    }

    private void use(int count) {
        use(pool, count);
    }

    private static void use(ObjectPool<StringBuilder> pool, int count) {
        List<StringBuilder> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(pool.acquire());
        }
        held.forEach(pool::release);
    }

    private static StripedPoolsSettings settings(int initialSize, int maxSize, Duration interval) {
        return QuietPools.settings(
                "initialSize", String.valueOf(initialSize),
                "minSize", String.valueOf(initialSize),
                "maxSize", String.valueOf(maxSize),
                "cleanupInterval", interval.toMillis() + "ms",
                "demandPercentile", "0.5");
    }
}
