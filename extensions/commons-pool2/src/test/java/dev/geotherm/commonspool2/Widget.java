package dev.geotherm.commonspool2;

import java.util.concurrent.atomic.AtomicInteger;

/** A pooled object that notices when it is in two hands; all are equal, so that only identity tells them apart. */
final class Widget {
    private final AtomicInteger holders = new AtomicInteger();
    final int number;

    Widget(int number) {
        this.number = number;
    }

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
