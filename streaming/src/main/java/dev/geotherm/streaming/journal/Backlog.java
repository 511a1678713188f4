package dev.geotherm.streaming.journal;

import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.Priority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The fragments of a pipeline that wait on disk only: the numbers of their items, in order of acceptance for each priority. One
 * thread puts them into memory. Thread-safe.
 *
 * <p>Fragments of the highest priority leave first, except that every eighth one is of the lowest priority that waits, so none
 * starves. If fragments have keys, they leave in order of acceptance instead.
 */
public final class Backlog {
    private static final int SHARE = 8;

    private final boolean ordered;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Indexed by the level of the priority, like all arrays here. This and all fields below are guarded by the lock. */
    private final LongQueue[] lanes = new LongQueue[Priority.values().length + 1];

    /** The number of fragments that wait, by level; also read without the lock. */
    private final AtomicIntegerArray waiting = new AtomicIntegerArray(lanes.length);

    private final long[] added = new long[lanes.length];
    private final long[] removed = new long[lanes.length];
    private final Map<Long, CompletableFuture<Outcome>> outcomes = new HashMap<>();
    private int size;
    private int turn;
    private boolean closed;

    /** Whether producers no longer wait. */
    private boolean released;

    private boolean signalled;

    /**
     * Creates an empty backlog.
     *
     * @param ordered whether fragments leave in order of acceptance, whatever their priority
     */
    public Backlog(boolean ordered) {
        this.ordered = ordered;
        for (int level = 0; level < lanes.length; level++) {
            lanes[level] = new LongQueue();
        }
    }

    /**
     * A fragment that waits.
     *
     * @param level the level of its priority
     * @param number the number of its item
     * @param outcome completes with its outcome; null if nobody waits for it
     */
    public record Entry(int level, long number, @Nullable CompletableFuture<Outcome> outcome) {}

    /**
     * Adds items of a priority that an earlier process left. If fragments leave in order of acceptance, the items of all
     * priorities are added at once.
     */
    public void addAll(Priority priority, long[] numbers) {
        lock.lock();
        try {
            for (long number : numbers) {
                add(level(priority), number);
            }
        } finally {
            lock.unlock();
        }
    }

    private int level(Priority priority) {
        return ordered ? 1 : priority.level();
    }

    private void add(int level, long number) {
        lanes[level].add(number);
        added[level]++;
        size++;
        waiting.incrementAndGet(level);
        changed.signalAll();
    }

    /**
     * Accepts a fragment into memory, or adds it here if memory has no room or others of its priority wait.
     *
     * @param admission returns whether there was room in memory
     * @return whether it was added here
     */
    public boolean addUnless(
            BooleanSupplier admission, Priority priority, long number, @Nullable CompletableFuture<Outcome> outcome) {
        lock.lock();
        try {
            if (lanes[level(priority)].size() == 0 && admission.getAsBoolean()) {
                return false;
            }
            if (outcome != null) {
                outcomes.put(number, outcome);
            }
            add(level(priority), number);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many fragments wait. */
    public int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many fragments leave before a new one of a priority, apart from the share of lower ones. Needs no lock. */
    public int ahead(Priority priority) {
        int ahead = 0;
        for (int level = level(priority); level < lanes.length; level++) {
            ahead += waiting.get(level);
        }
        return ahead;
    }

    /** Waits until no fragment waits here, or producers are released. */
    public void awaitEmpty() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (size > 0 && !released) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a fragment or a signal, and returns the first fragment, which stays until {@link #remove}.
     *
     * @return null if no fragment waits
     */
    public @Nullable Entry awaitFirst(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (size == 0 && !closed && !signalled && left > 0) {
                left = changed.awaitNanos(left);
            }
            signalled = false;
            return size == 0 || closed ? null : first();
        } catch (InterruptedException unintended) {
            return null; // the thread is the pipeline's own
        } finally {
            lock.unlock();
        }
    }

    private Entry first() {
        boolean lowest = ++turn % SHARE == 0;
        int level = lowest ? 1 : lanes.length - 1;
        while (lanes[level].size() == 0) {
            level += lowest ? 1 : -1;
        }
        long number = lanes[level].first();
        return new Entry(level, number, outcomes.get(number));
    }

    /** Removes the first fragment of a priority, which {@link #awaitFirst} has returned. */
    public void remove(Entry entry) {
        lock.lock();
        try {
            lanes[entry.level()].removeFirst();
            outcomes.remove(entry.number());
            removed[entry.level()]++;
            size--;
            waiting.decrementAndGet(entry.level());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the fragments that wait now have been removed, or the backlog is closed.
     *
     * @return false if the time ran out first
     */
    public boolean awaitRemoved(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long[] marks = added.clone();
            long left = nanos;
            while (!areRemoved(marks) && !closed) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean areRemoved(long[] marks) {
        for (int level = 0; level < marks.length; level++) {
            if (removed[level] < marks[level]) {
                return false;
            }
        }
        return true;
    }

    /** Ends the wait of {@link #awaitFirst}. */
    public void signal() {
        lock.lock();
        try {
            signalled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the waits of producers, now and later. */
    public void releaseProducers() {
        lock.lock();
        try {
            released = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether {@link #close} was called. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waits. Returns the futures of the fragments that are left. */
    public List<CompletableFuture<Outcome>> close() {
        lock.lock();
        try {
            closed = true;
            released = true;
            changed.signalAll();
            return new ArrayList<>(outcomes.values());
        } finally {
            lock.unlock();
        }
    }
}
