package dev.geotherm.streaming.journal;

import java.util.Arrays;

/** A first-in-first-out queue of numbers: at most 16 bytes for each. Not thread-safe. */
final class LongQueue {
    private static final int SMALLEST = 16;

    private long[] numbers = new long[SMALLEST];
    private int first;
    private int size;

    int size() {
        return size;
    }

    void add(long number) {
        if (size == numbers.length) {
            long[] larger = Arrays.copyOf(numbers, numbers.length * 2);
            System.arraycopy(numbers, 0, larger, numbers.length, first);
            System.arraycopy(numbers, first, larger, first, numbers.length - first);
            numbers = larger;
        }
        numbers[(first + size) & (numbers.length - 1)] = number;
        size++;
    }

    /** Returns the first number; there is at least one. */
    long first() {
        return numbers[first];
    }

    void removeFirst() {
        first = (first + 1) & (numbers.length - 1);
        size--;
        if (size == 0 && numbers.length > 1 << 16) {
            numbers = new long[SMALLEST]; // a large backlog is over
            first = 0;
        }
    }
}
