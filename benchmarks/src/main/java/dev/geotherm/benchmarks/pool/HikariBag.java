package dev.geotherm.benchmarks.pool;

import com.zaxxer.hikari.util.ConcurrentBag;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** The bag in which HikariCP keeps its connections, with similar entries. */
final class HikariBag implements Rival {
    private final ConcurrentBag<Entry> bag = new ConcurrentBag<>(waiting -> {});

    HikariBag(int size, int dimension) {
        for (int i = 0; i < size; i++) {
            bag.add(new Entry(dimension));
        }
    }

    @Override
    public Concept claim() throws Exception {
        Entry entry = bag.borrow(5, TimeUnit.MINUTES);
        if (entry == null) {
            throw new IllegalStateException("no object within five minutes");
        }
        return entry;
    }

    @Override
    public void release(Concept concept) {
        concept.reset();
        bag.requite((Entry) concept);
    }

    @Override
    public void close() {
        bag.close();
    }

    private static final class Entry extends Concept implements ConcurrentBag.IConcurrentBagEntry {
        private static final AtomicIntegerFieldUpdater<Entry> STATE =
                AtomicIntegerFieldUpdater.newUpdater(Entry.class, "state");

        private volatile int state;

        Entry(int dimension) {
            super(dimension);
        }

        @Override
        public boolean compareAndSet(int expected, int next) {
            return STATE.compareAndSet(this, expected, next);
        }

        @Override
        public void setState(int next) {
            STATE.set(this, next);
        }

        @Override
        public int getState() {
            return state;
        }
    }
}
