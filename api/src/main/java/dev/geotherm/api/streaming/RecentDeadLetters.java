package dev.geotherm.api.streaming;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A bounded in-memory store of the most recent dead letters. */
final class RecentDeadLetters<T> implements DeadLetters<T> {
    private final int capacity;
    private final Deque<DeadLetter<T>> letters = new ArrayDeque<>();
    private long dropped;

    RecentDeadLetters(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "a store of dead letters must have a capacity of at least 1, was " + capacity);
        }
        this.capacity = capacity;
    }

    @Override
    public synchronized void add(DeadLetter<T> letter) {
        requireNonNull(letter, "letter");
        if (letters.size() == capacity) {
            letters.remove();
            dropped++;
        }
        letters.add(letter);
    }

    @Override
    public synchronized List<DeadLetter<T>> list() {
        return List.copyOf(letters);
    }

    @Override
    public synchronized int size() {
        return letters.size();
    }

    @Override
    public synchronized long dropped() {
        return dropped;
    }

    @Override
    public int removeIf(Predicate<? super DeadLetter<T>> selection) {
        Set<DeadLetter<T>> selected =
                Collections.newSetFromMap(new IdentityHashMap<>()); // equal letters can be different ones
        int removed;
        try {
            for (DeadLetter<T> letter : new ArrayList<>(list())) {
                if (selection.test(letter)) {
                    selected.add(letter);
                }
            }
        } finally {
            removed = remove(selected);
        }
        return removed;
    }

    private synchronized int remove(Set<DeadLetter<T>> selected) {
        int before = letters.size();
        letters.removeIf(selected::contains);
        return before - letters.size();
    }
}
