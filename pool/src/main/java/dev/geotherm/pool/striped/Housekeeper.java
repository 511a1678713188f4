package dev.geotherm.pool.striped;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a component: takes in lost objects as the collector reports them, tends the pools and cleans up at
 * intervals, and relieves when memory is short.
 *
 * <p>It sleeps in the queue of lost slots; what else it has to do wakes it by a reference of its own in there. One of these
 * refers to nothing else than a new object, so each collection enqueues it: then the pools let go of what is out twice, so
 * that the next collection finds what is lost.
 *
 * <p>Nothing but {@link #close()} ends the thread: not an error of an allocator, nor memory that is out, which counts as a
 * reason for relief.
 */
final class Housekeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final long SILENCE_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = 9_000;

    /** How long the store of a return may be delayed, amply; see {@link Sweeper}. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** How long nothing is done after a failure, which may come again. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ReferenceQueue<Object> lost = new ReferenceQueue<>();
    private final Duties duties;
    private final Thread thread;

    private final Timer sweep;
    private final Timer cleanUp;
    private final Timer letGo = new Timer(() -> GRACE_NANOS);

    /** How often the pools still let go of what is out since the last collection. */
    private int letGoes;

    /** Whether there was a collection of which the pools were not told. */
    private boolean collected;

    /** What the next collection enqueues; null while there is none yet. */
    private @Nullable Reference<?> canary;

    /** A lost slot that was taken from the queue and is not dealt with. */
    private @Nullable Slot<?> unfinished;

    private volatile boolean closed;
    private volatile boolean memoryIsShort;
    private volatile boolean settingsChanged;

    /** What is done for the pools. */
    interface Duties {
        /** Does what is due soon after each collection. */
        void collected();

        /** Lets go of objects that are out. */
        void letGo();

        /** Does what is due at each sweep. */
        void tend();

        /** Does what is due at each clean-up. */
        void cleanUp();

        /** Gives back memory, because it is short. */
        void relieve();
    }

    Housekeeper(String instance, Supplier<StripedPoolsSettings> settings, Duties duties) {
        this.duties = duties;
        this.sweep = new Timer(() -> settings.get().sweepInterval().toNanos());
        this.cleanUp = new Timer(() -> settings.get().cleanupInterval().toNanos());
        this.thread = new Thread(this::run, "geotherm-" + instance + "-upkeep");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Returns the queue to which slots belong. */
    ReferenceQueue<Object> lost() {
        return lost;
    }

    /** Has the pools relieved soon; returns at once, because it is called by a thread of the JVM. */
    void relieveSoon() {
        memoryIsShort = true;
        wake();
    }

    void settingsChanged() {
        settingsChanged = true;
        wake();
    }

    private void wake() {
        new WeakReference<>(new Object(), lost).enqueue();
    }

    private void run() {
        while (!closed) {
            try {
                round();
            } catch (Throwable failed) {
                recover(failed);
            }
        }
    }

    /**
     * Waits for something to do and does it.
     *
     * <p>May fail anywhere, as memory may be out anywhere: what was found is noted before anything is allocated, and what
     * could not be done is done in a later round.
     */
    private void round() throws InterruptedException {
        if (unfinished == null) {
            take(remove(longestWait()));
        }
        if (settingsChanged) {
            settingsChanged = false;
            sweep.start();
            cleanUp.start();
        }
        if (memoryIsShort) {
            memoryIsShort = false;
            duties.relieve();
        }
        if (collected) {
            collected = false;
            duties.collected();
        }
        if (unfinished != null) {
            abandoned(unfinished);
            unfinished = null;
        }
        if (canary == null) {
            canary = new WeakReference<>(new Object(), lost);
        }
        if (letGoes > 0 && letGo.isOver()) {
            letGoes--;
            perform(duties::letGo, letGo);
        }
        if (!closed && sweep.isOver()) {
            perform(duties::tend, sweep);
        }
        if (!closed && cleanUp.isOver()) {
            perform(duties::cleanUp, cleanUp);
        }
    }

    private long longestWait() {
        if (memoryIsShort || canary == null) {
            return 0;
        }
        long wait = Math.min(sweep.left(), cleanUp.left());
        return letGoes > 0 ? Math.min(wait, letGo.left()) : wait;
    }

    private void take(@Nullable Reference<?> found) {
        if (found instanceof Slot<?> slot) {
            unfinished = slot;
        } else if (found != null && found == canary) {
            canary = null;
            collected = true;
            letGoes = 2;
        }
    }

    /** Does what is due; its interval begins anew even if it fails. */
    private static void perform(Runnable duty, Timer interval) {
        try {
            duty.run();
        } finally {
            interval.start();
        }
    }

    /** Has the thread go on after a failure, with relief if that was for want of memory; fails itself at nothing. */
    private void recover(Throwable failed) {
        if (failed instanceof OutOfMemoryError) {
            memoryIsShort = true;
        } else {
            unfinished = null; // it might fail for ever; a sweep sees the slot again
        }
        try {
            if (failed instanceof InterruptedException) {
                LOG.debug("interrupted; only close() ends the upkeep", failed);
                return;
            }
            LOG.error("the upkeep of the pools failed and goes on", failed);
        } catch (Throwable unlogged) { // no memory for that either
            if (unlogged instanceof OutOfMemoryError) {
                memoryIsShort = true;
            }
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    private @Nullable Reference<?> remove(long nanos) throws InterruptedException {
        return lost.remove(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }

    private static <T> void abandoned(Slot<T> slot) {
        slot.pool.abandoned(slot);
    }

    /** Ends the thread, unless it is the caller itself, which then ends when it returns. */
    @Override
    public void close() {
        closed = true;
        wake();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(SILENCE_MILLIS);
            if (thread.isAlive()) {
                LOG.info("{} is inside of an allocator; close() waits for it", thread.getName());
                thread.join(PATIENCE_MILLIS);
            }
            if (thread.isAlive()) {
                LOG.warn("{} is inside of an allocator and is interrupted", thread.getName());
                thread.interrupt();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
