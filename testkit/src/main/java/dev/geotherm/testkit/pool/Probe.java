package dev.geotherm.testkit.pool;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pooled object that detects simultaneous borrowers. All probes are equal, so only identity distinguishes them.
 */
class Probe {
    private final AtomicInteger holders = new AtomicInteger();

    /** Written by a borrower, cleared by a reset; deliberately not volatile, because the pool guarantees visibility. */
    int content;

    int uses;
    boolean broken;

    /** Whether the probe was deallocated. */
    volatile boolean gone;

    void take() {
        if (!holders.compareAndSet(0, 1)) {
            throw new AssertionError("an object has two borrowers");
        }
    }

    void giveBack() {
        if (!holders.compareAndSet(1, 0)) {
            throw new AssertionError("an object was taken from its borrower");
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
