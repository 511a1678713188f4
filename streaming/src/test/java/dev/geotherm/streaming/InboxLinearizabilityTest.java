package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Priority;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The inbox, its lanes and the table of pending fragments together are a linearizable bounded queue, in which each lane is
 * first-in-first-out: producers add without a lock, and consumers take one at a time.
 *
 * <p>A fragment is in the queue from its claim on, so a consumer here waits until all claimed ones are published. A worker does not: it
 * may take a fragment of a lower priority meanwhile. {@link InboxTest} checks the same with real threads.
 */
@Timeout(300)
public class InboxLinearizabilityTest {
    private static final int CAPACITY = 2;

    private final FragmentSlots<String> slots = new FragmentSlots<>();
    private final Inbox<String> inbox = new Inbox<>(slots, () -> 0, false);
    private final Lanes<String> lanes = new Lanes<>(slots);
    private volatile long limit = CAPACITY;

    /** For Lincheck and JUnit. */
    public InboxLinearizabilityTest() {}

    @Operation
    public boolean add(@Param(gen = IntGen.class) int content) {
        return add(content, Priority.NORMAL);
    }

    @Operation
    public boolean addUrgent(@Param(gen = IntGen.class) int content) {
        return add(content, Priority.HIGH);
    }

    private boolean add(int content, Priority priority) {
        return inbox.add(TestFragments.fragment(String.valueOf(content), priority), null, null, 1, 2, limit, 0);
    }

    @Operation
    public synchronized String take() {
        inbox.moveTo(lanes);
        while (inbox.size() > 0) {
            Thread.onSpinWait();
            inbox.moveTo(lanes);
        }
        PendingFragment<String> first = lanes.first();
        if (first == null) {
            return "none";
        }
        String content = first.fragment().content();
        lanes.removeFirst();
        slots.recycle(first);
        limit++;
        return content;
    }

    @Operation
    public long added() {
        return inbox.added();
    }

    @Test
    @Tag("full")
    void additionsAndRemovalsAreLinearizable() {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .check(InboxLinearizabilityTest.class);
    }
}
