package dev.geotherm.pool;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
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
 */
final class Upkeep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final long PATIENCE_MILLIS = 10_000;

    /** How long a return may be under way; see {@link Sweep}. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ReferenceQueue<Object> lost = new ReferenceQueue<>();
    private final Supplier<StripedPoolsSettings> settings;
    private final Duties duties;
    private final Thread thread;

    private volatile boolean closed;
    private volatile boolean memoryIsShort;
    private volatile boolean settingsChanged;

    /** What is done for the pools. */
    interface Duties {
        /** Lets go of objects that are out. */
        void letGo();

        /** Does what is due at each sweep. */
        void tend();

        /** Does what is due at each clean-up. */
        void cleanUp();

        /** Gives back memory, because a collection found it short. */
        void relieve();
    }

    Upkeep(String instance, Supplier<StripedPoolsSettings> settings, Duties duties) {
        this.settings = settings;
        this.duties = duties;
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
        Timer sweep = new Timer(() -> settings.get().sweepInterval().toNanos());
        Timer cleanUp = new Timer(() -> settings.get().cleanupInterval().toNanos());
        Timer letGo = new Timer(() -> GRACE_NANOS);
        int letGoes = 0;
        Reference<?> canary = new WeakReference<>(new Object(), lost);
        while (!closed) {
            try {
                long wait = Math.min(sweep.left(), cleanUp.left());
                Reference<?> found = remove(letGoes > 0 ? Math.min(wait, letGo.left()) : wait);
                if (found instanceof Slot<?> slot) {
                    abandoned(slot);
                }
                if (found == canary) {
                    canary = new WeakReference<>(new Object(), lost);
                    letGoes = 2;
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
                if (letGoes > 0 && letGo.isOver()) {
                    letGoes--;
                    duties.letGo();
                    letGo.start();
                }
                if (!closed && sweep.isOver()) {
                    duties.tend();
                    sweep.start();
                }
                if (!closed && cleanUp.isOver()) {
                    duties.cleanUp();
                    cleanUp.start();
                }
            } catch (InterruptedException interrupted) {
                log.debug("interrupted; only close() ends the upkeep", interrupted);
            } catch (RuntimeException failed) {
                log.error("the upkeep of the pools failed and goes on", failed);
            }
        }
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
            thread.join(PATIENCE_MILLIS);
            if (thread.isAlive()) {
                log.warn("{} is inside of an allocator and is interrupted", thread.getName());
                thread.interrupt();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
