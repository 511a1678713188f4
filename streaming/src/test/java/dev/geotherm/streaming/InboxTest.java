package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.StackDive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class InboxTest {
    private final AtomicLong clock = new AtomicLong();
    private final FragmentSlots<String> slots = new FragmentSlots<>();
    private final Inbox<String> inbox = new Inbox<>(slots, clock::get, false);
    private final Lanes<String> lanes = new Lanes<>(slots);

    @Test
    void add_isRefusedFromTheLimitOn() {
        assertThat(add("a", 2)).isTrue();
        assertThat(add("b", 2)).isTrue();
        assertThat(add("c", 2)).isFalse();
        assertThat(inbox.added()).isEqualTo(2);
        assertThat(inbox.size()).isEqualTo(2);
    }

    @Test
    void add_isRefusedAfterClose() {
        assertThat(add("a", Inbox.SIZE)).isTrue();
        inbox.close();

        assertThat(add("b", Inbox.SIZE)).isFalse();
        inbox.moveTo(lanes);
        assertThat(take()).containsExactly("a");
        assertThat(inbox.added()).isEqualTo(1);
    }

    @Test
    void moveTo_keepsOrderAndUsesSlotsAgain() {
        int added = 0;
        for (int round = 0; round < 10; round++) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < Inbox.SIZE - round; i++) {
                String id = "f" + added++;
                expected.add(id);
                assertThat(add(id, inbox.moved() + Inbox.SIZE)).isTrue();
            }
            inbox.moveTo(lanes);
            assertThat(take()).isEqualTo(expected);
        }
    }

    @Test
    void add_readsTheClockForEachFragmentWhileFewWait() {
        for (int i = 0; i < 10; i++) {
            clock.set(100 + i);
            assertThat(add("f" + i, Inbox.SIZE)).isTrue();
        }
        inbox.moveTo(lanes);
        for (int i = 0; i < 10; i++) {
            PendingFragment<String> first = lanes.first();
            assertThat(first).isNotNull();
            assertThat(slots.queuedNanos(first.number)).isEqualTo(100 + i);
            assertThat(first.position()).isEqualTo(i);
            lanes.removeFirst();
        }
    }

    /** Each producer counts what it has added; the consumer finds exactly that, in each producer's order. */
    @RepeatedTest(3)
    void add_ofManyProducersLosesAndReordersNothing() throws Exception {
        int producers = 4;
        int each = 5_000;
        AtomicLong limit = new AtomicLong(Inbox.SIZE);
        AtomicInteger[] accepted = new AtomicInteger[producers];
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int number = p;
            accepted[p] = new AtomicInteger();
            threads.add(new Thread(() -> {
                for (int i = 0; i < each; ) {
                    if (add(number + "-" + i, limit.get())) {
                        i = accepted[number].incrementAndGet();
                    } else if (limit.get() == 0) {
                        return;
                    } else {
                        LockSupport.parkNanos(1);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        Map<String, Integer> next = new HashMap<>();
        int total = 0;
        boolean closed = false;
        while (!closed || inbox.size() > 0) {
            LockSupport.parkNanos(1);
            inbox.moveTo(lanes);
            limit.set(closed ? 0 : inbox.moved() + Inbox.SIZE);
            for (String id : take()) {
                String producer = id.substring(0, 1);
                assertThat(Integer.parseInt(id.substring(2))).isEqualTo(next.getOrDefault(producer, 0));
                next.merge(producer, 1, Integer::sum);
                total++;
            }
            if (!closed && total >= producers * each / 2) { // while they are adding
                inbox.close();
                limit.set(0);
                closed = true;
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(inbox.added()).isEqualTo(total);
        for (int p = 0; p < producers; p++) {
            assertThat(next.getOrDefault(String.valueOf(p), 0)).isEqualTo(accepted[p].get());
        }
    }

    @Test
    void add_withoutStackLeavesNoHole() throws Exception {
        AtomicInteger added = new AtomicInteger();
        for (int dive = 0; dive < 10; dive++) {
            StackDive.run(depth -> {
                if (add("f", inbox.moved() + Inbox.SIZE)) {
                    added.incrementAndGet();
                }
            });
            long before = inbox.added();
            inbox.moveTo(lanes);
            assertThat(inbox.moved()).isEqualTo(before);
            take();
        }
        assertThat(inbox.added()).isGreaterThanOrEqualTo(added.get());
    }

    private boolean add(String id, long limit) {
        return inbox.add(TestFragments.fragment(id, Priority.NORMAL), null, null, 1, 2, limit, inbox.moved());
    }

    /** Takes all fragments out of the lanes. */
    private List<String> take() {
        List<String> ids = new ArrayList<>();
        for (PendingFragment<String> one = lanes.first(); one != null; one = lanes.first()) {
            ids.add(one.fragment().id());
            lanes.removeFirst();
            slots.recycle(one);
        }
        return ids;
    }
}
