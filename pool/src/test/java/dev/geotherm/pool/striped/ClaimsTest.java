package dev.geotherm.pool.striped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.PoolableObject;
import dev.geotherm.pool.allocator.GuardedAllocator;
import dev.geotherm.testkit.Patience;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ended claims, the order of claims, and the messages about misuse. */
@Timeout(300)
final class ClaimsTest {
    private final AtomicInteger resets = new AtomicInteger();
    private final AtomicInteger deallocated = new AtomicInteger();

    private static final class Item extends PoolableObject {}

    private final Allocator<Item> allocator = new Allocator<>() {
        @Override
        public Item allocate() {
            return new Item();
        }

        @Override
        public void reset(Item item) {
            resets.incrementAndGet();
        }

        @Override
        public void deallocate(Item item) {
            deallocated.incrementAndGet();
        }
    };

    private StripedPool<Item> open(String... changed) {
        StripedPoolsSettings settings = QuietPools.settings(changed);
        return new StripedPool<>("items", allocator, settings, new ReferenceQueue<>(), System::nanoTime, closed -> {});
    }

    private static Slot<Item> slotOf(StripedPool<Item> pool, Item item) {
        Slot<Item> slot = pool.slotOf(item);
        assertThat(slot).isNotNull();
        return slot;
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void endLease_ofAnOldClaimHasNoEffect(String exactReturns) {
        StripedPool<Item> pool = open("exactReturns", exactReturns);
        Lease<Item> old = pool.lease();
        Item item = old.get();
        Slot<Item> slot = slotOf(pool, item);
        long over = slot.claim();
        old.close();
        Lease<Item> next = pool.lease();
        assertThat(next.get()).isSameAs(item);
        long claim = slot.claim();
        PoolMetrics before = pool.metrics();

        pool.endLease(slot, over, item);
        pool.discardLease(slot, over, item);

        assertThat(slot.isHeld(claim)).isTrue();
        assertThat(pool.metrics()).isEqualTo(before);
        assertThat(resets).hasValue(1);
        assertThat(deallocated).hasValue(0);
        next.close();
        assertThat(pool.acquire()).isSameAs(item);
    }

    @Test
    void claim_doesNotOvertakeAWaiter() {
        StripedPoolsSettings settings = QuietPools.settings("maxSize", "1", "whenExhausted", "wait", "maxWait", "20ms");
        WaitQueue<Item> waitQueue = new WaitQueue<>();
        Inventory<Item> inventory = new Inventory<>(() -> settings, waitQueue);
        GuardedAllocator<Item> guarded = new GuardedAllocator<>("items", allocator, new LongAdder());
        SlotFactory<Item> slotFactory = new SlotFactory<>(open(), guarded, inventory, new IdentityIndex<>());
        SlotSearch<Item> search = new SlotSearch<>(
                "items", () -> settings, guarded, inventory, slotFactory, new Handoff<>(waitQueue, inventory));
        Slot<Item> slot = search.claim();
        Waiter<Item> first = new Waiter<>(1_000_000_000);
        waitQueue.join(first);
        slot.release(slot.claim()); // as a release with a delayed store: no waiter was notified
        slot.hintIdle();

        assertThatExceptionOfType(PoolExhaustedException.class)
                .isThrownBy(search::claim)
                .withMessage("pool items: all 1 objects are in use and none came free within 20 ms; raise maxWait or"
                        + " maxSize");
        assertThat(first.given).isSameAs(slot);
        assertThat(slot.isIdle()).isFalse();
    }

    @Test
    void acquire_eachOfManyWaitersIsRefusedInTimeAfterTheWatcherLeaves() throws Exception {
        StripedPool<Item> pool = open("maxSize", "1", "whenExhausted", "wait", "maxWait", "200ms");
        Item held = pool.acquire();
        List<Long> waited = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                long start = System.nanoTime();
                assertThatExceptionOfType(PoolExhaustedException.class).isThrownBy(pool::acquire);
                waited.add((System.nanoTime() - start) / 1_000_000);
            });
            threads.add(thread);
            thread.start();
            int come = i + 1;
            await().atMost(Patience.limit())
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> pool.metrics().waits() == come);
        }
        threads.get(0).interrupt(); // the first waiter is the watcher
        for (Thread thread : threads) {
            thread.join(90_000);
        }
        assertThat(waited).hasSize(8);
        assertThat(waited.subList(1, 8)).allSatisfy(millis -> assertThat(millis).isBetween(199L, 60_000L));
        pool.release(held);
        assertThat(pool.acquire()).isSameAs(held);
    }

    @Test
    void acquire_interruptedWaiterIsRefusedWithTheReason() {
        StripedPool<Item> pool = open("maxSize", "1", "whenExhausted", "wait");
        Item held = pool.acquire();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(PoolExhaustedException.class)
                .isThrownBy(pool::acquire)
                .withMessage("pool items: all 1 objects are in use, and the thread was interrupted while it waited for"
                        + " one");
        assertThat(Thread.interrupted()).isTrue();
        pool.release(held);
    }

    @Test
    void release_ofAnObjectNotInUseIsRefusedWithTheReason() {
        StripedPool<Item> pool = open();
        Item returned = pool.acquire();
        Item discarded = pool.acquire();
        Lease<Item> lease = pool.lease();
        Item forged = new Item();
        forged.slot(slotOf(pool, lease.get()));
        pool.release(returned);
        pool.discard(discarded);

        assertRefused(pool, returned, "is not in use here: it was already released or discarded");
        assertRefused(pool, discarded, "is not in use here: it was already released or discarded");
        assertRefused(pool, lease.get(), "is held by a lease: close or discard the lease instead");
        assertRefused(pool, new Item(), "is not in use here: it does not belong to this pool, or was discarded");
        assertRefused(pool, open().acquire(), "is not in use here: it does not belong to this pool, or was discarded");
        assertRefused(pool, forged, "is not in use here: its slot belongs to another object");
    }

    private static void assertRefused(StripedPool<Item> pool, Item item, String why) {
        String message = "pool items: this " + Item.class.getName() + " " + why;
        assertThatExceptionOfType(PoolMisuseException.class)
                .isThrownBy(() -> pool.release(item))
                .withMessage(message);
        assertThatExceptionOfType(PoolMisuseException.class)
                .isThrownBy(() -> pool.discard(item))
                .withMessage(message);
    }
}
