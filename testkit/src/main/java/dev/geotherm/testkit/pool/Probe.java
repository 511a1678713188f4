package dev.geotherm.testkit.pool;

import java.util.concurrent.atomic.AtomicInteger;

/** A pooled object that notices when it is in two hands; all probes are equal, so that only identity tells them apart. */
class Probe {
    private final AtomicInteger holders = new AtomicInteger();

    /** Written by a holder, cleared by a reset: plain on purpose, because the pool promises visibility. */
    int content;

    int uses;
    boolean broken;

    /** Whether it was deallocated. */
    volatile boolean gone;

    void take() {
        if (!holders.compareAndSet(0, 1)) {
            throw new AssertionError("an object is in two hands");
        }
    }

    void giveBack() {
        if (!holders.compareAndSet(1, 0)) {
            throw new AssertionError("an object was taken from its holder");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Probe;
    }

    @Override
    public int hashCode() {
        return 1;
    }
}
