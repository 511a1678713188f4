package dev.geotherm.pool.none;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.PoolableObject;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import dev.geotherm.pool.vector.FloatVector;
import dev.geotherm.pool.vector.VectorAllocator;
import dev.geotherm.testkit.Patience;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The behaviour of the implementation without reuse, beyond the contract. */
@Timeout(300)
final class NonePoolsTest {
    private final NonePools pools =
            new NonePools(settings(WhenExhausted.ALLOCATE, WhenMisused.REFUSE), ComponentContext.standalone("none"));
    private final ObjectPool<Slotted> pool = pools.open("slotted", new Maker());

    /** An object that stores its slot. */
    private static final class Slotted extends PoolableObject {}

    /** An allocator of objects that store their slot. */
    private static final class Maker implements Allocator<Slotted> {
        final AtomicInteger deallocated = new AtomicInteger();

        @Override
        public Slotted allocate() {
            return new Slotted();
        }

        @Override
        public void reset(Slotted object) {
            throw new AssertionError("what is never used again is not reset");
        }

        @Override
        public void deallocate(Slotted object) {
            deallocated.incrementAndGet();
        }
    }

    private static NonePoolsSettings settings(WhenExhausted whenExhausted, WhenMisused whenMisused) {
        return new NonePoolsSettings(2, whenExhausted, Duration.ofSeconds(10), whenMisused);
    }

    @AfterEach
    void close() {
        pools.close();
    }

    @Test
    void release_ofAPoolableObjectTwiceIsRefused() {
        Slotted object = pool.acquire();
        pool.release(object);
        assertThatExceptionOfType(PoolMisuseException.class)
                .isThrownBy(() -> pool.release(object))
                .withMessageContaining("slotted");
        assertThatExceptionOfType(PoolMisuseException.class).isThrownBy(() -> pool.discard(object));
        assertThat(pool.metrics().refused()).isEqualTo(2);
        assertThat(pool.metrics().released()).isEqualTo(1);
    }

    @Test
    void release_ofRacingReleasesOfAPoolableObjectOneIsAccepted() throws Exception {
        int rounds = 2_000;
        AtomicInteger accepted = new AtomicInteger();
        Slotted[] contested = new Slotted[1];
        CyclicBarrier start = new CyclicBarrier(2, () -> contested[0] = pool.acquire());
        Runnable racer = () -> {
            for (int i = 0; i < rounds; i++) {
                try {
                    start.await();
                    pool.release(contested[0]);
                    accepted.incrementAndGet();
                } catch (PoolMisuseException refused) {
                    assertThat(refused).hasMessageContaining("slotted");
                } catch (Exception nobodyCame) {
                    throw new AssertionError(nobodyCame);
                }
            }
        };
        Thread other = new Thread(racer);
        other.start();
        racer.run();
        other.join();
        assertThat(accepted).hasValue(rounds);
        assertThat(pool.metrics().inUse()).isZero();
    }

    @Test
    void release_ofAForeignObjectOrForgedSlotIsRefused() {
        ObjectPool<Slotted> other = pools.open("other", new Maker());
        Slotted object = pool.acquire();
        Slotted forged = new Slotted();
        forged.slot(object.slot());
        assertThatExceptionOfType(PoolMisuseException.class).isThrownBy(() -> pool.release(forged));
        assertThatExceptionOfType(PoolMisuseException.class).isThrownBy(() -> pool.release(new Slotted()));
        assertThatExceptionOfType(PoolMisuseException.class).isThrownBy(() -> other.release(object));
        pool.release(object);
    }

    @Test
    void release_ofALeasedObjectIsRefused() {
        Lease<Slotted> lease = pool.lease();
        assertThatExceptionOfType(PoolMisuseException.class).isThrownBy(() -> pool.release(lease.get()));
        lease.close();
        pool.run(object -> assertThatExceptionOfType(PoolMisuseException.class).isThrownBy(() -> pool.release(object)));
        assertThat(pool.metrics().inUse()).isZero();
        assertThat(pool.metrics().released()).isEqualTo(2);
    }

    @Test
    void misuse_isOnlyCountedIfTheSettingsSaySo() {
        pools.reconfigure(settings(WhenExhausted.ALLOCATE, WhenMisused.COUNT));
        Slotted object = pool.acquire();
        pool.release(object);
        pool.release(object);
        pool.discard(object);
        assertThat(pool.metrics().refused()).isEqualTo(2);
        assertThat(pool.metrics().released()).isEqualTo(1);
    }

    @Test
    void leak_objectIsCollectedAndCountsAsInUse() {
        ObjectPool<StringBuilder> builders = pools.open("builders", new Allocator<>() {
            @Override
            public StringBuilder allocate() {
                return new StringBuilder();
            }

            @Override
            public void reset(StringBuilder builder) {}
        });
        WeakReference<Object> plain = new WeakReference<>(builders.acquire());
        WeakReference<Object> slotted = new WeakReference<>(pool.acquire());
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> {
            System.gc();
            return plain.refersTo(null) && slotted.refersTo(null);
        });
        builders.release(builders.acquire());
        assertThat(builders.metrics().inUse()).isEqualTo(1);
        assertThat(pool.metrics().inUse()).isEqualTo(1);
    }

    @Test
    void reconfigure_newBoundIncludesObjectsInUse() {
        Slotted first = pool.acquire();
        pool.acquire();
        pool.acquire();
        pools.reconfigure(settings(WhenExhausted.FAIL, WhenMisused.REFUSE));
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(pool::acquire)
                .withMessageContaining("all 2 objects are in use");
        pool.release(first);
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(pool::acquire);
    }

    @Test
    void acquire_outOfMemoryErrorReachesTheCallerAndCostsNoCapacity() {
        pools.reconfigure(settings(WhenExhausted.FAIL, WhenMisused.REFUSE));
        ObjectPool<Slotted> scarce = pools.open("scarce", new Allocator<>() {
            @Override
            public Slotted allocate() {
                throw new OutOfMemoryError("planted");
            }

            @Override
            public void reset(Slotted object) {}
        });
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(scarce::acquire);
        }
        assertThat(scarce.metrics().failures()).isEqualTo(3);
        assertThat(scarce.metrics().inUse()).isZero();
    }

    @Test
    void acquire_interruptedAllocatorKeepsTheInterruptStatus() {
        ObjectPool<Slotted> slow = pools.open("slow", new Allocator<>() {
            @Override
            public Slotted allocate() throws InterruptedException {
                throw new InterruptedException("planted");
            }

            @Override
            public void reset(Slotted object) {}
        });
        assertThatExceptionOfType(AllocationException.class).isThrownBy(slow::acquire);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void release_heapVectorCannotBeUsedAfterwards() {
        ObjectPool<FloatVector> vectors = pools.open("vectors", new VectorAllocator(4));
        FloatVector vector = vectors.acquire();
        assertThat(vector.isNative()).isFalse();
        vectors.release(vector);
        assertThatIllegalStateException().isThrownBy(() -> vector.get(0));
        assertThat(vectors.<Float>use(next -> next.get(0))).isZero();
    }

    @Test
    void nullArguments_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> pools.open(null, new Maker()));
        assertThatNullPointerException().isThrownBy(() -> pools.open("x", null));
        assertThatNullPointerException().isThrownBy(() -> pool.release(null));
        assertThatNullPointerException().isThrownBy(() -> pool.discard(null));
        assertThatNullPointerException().isThrownBy(() -> pool.run(null));
        assertThatNullPointerException().isThrownBy(() -> pools.reconfigure(null));
        assertThatNullPointerException().isThrownBy(() -> new NonePools(null, ComponentContext.standalone("none")));
    }
}
