package dev.geotherm.api.streaming;

import java.util.List;
import java.util.function.Predicate;

/**
 * A store of a pipeline's dead letters, which keeps them until they are removed.
 *
 * <p>Thread-safe.
 *
 * @param <T> the content of the fragments
 */
public interface DeadLetters<T> {

    /**
     * Returns a new store in memory. When the store is full, each new letter replaces the oldest.
     *
     * @param capacity at least 1
     */
    static <T> DeadLetters<T> inMemory(int capacity) {
        return new RecentDeadLetters<>(capacity);
    }

    /**
     * Adds a letter. A pipeline calls this before its listener receives the letter. If this throws, the pipeline logs the error,
     * and its listener still receives the letter.
     */
    void add(DeadLetter<T> letter);

    /** Returns the letters, oldest first. */
    List<DeadLetter<T>> list();

    /** Returns the number of letters. */
    int size();

    /** Returns how many letters were dropped because the store was full. */
    long dropped();

    /**
     * Removes selected letters. To remove all, select every letter.
     *
     * @param selection called once for each letter now in the store, oldest first, without a lock held. If it throws, the letters
     *     selected so far are removed, and the exception is rethrown
     * @return the number of removed letters
     */
    int removeIf(Predicate<? super DeadLetter<T>> selection);
}
