package dev.geotherm.commonspool2;

import java.util.concurrent.atomic.AtomicInteger;

/** A pooled object that detects two borrowers; all are equal, so only identity distinguishes them. */
final class Widget {
    private final AtomicInteger holders = new AtomicInteger();
    final int number;

    Widget(int number) {
        this.number = number;
    }

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
        return other instanceof Widget;
    }

    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return String.valueOf(number);
    }
}
