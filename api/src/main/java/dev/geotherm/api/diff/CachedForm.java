package dev.geotherm.api.diff;

/**
 * How the results of a {@link ContextCache} are written to disk.
 *
 * @param <V> the results
 */
public interface CachedForm<V> {

    /** Writes a result; called by any thread. */
    byte[] write(V value);

    /**
     * Reads what {@link #write} wrote, now or in an earlier version.
     *
     * @throws RuntimeException if the bytes are of no version that is known; the result then counts as not there
     */
    V read(byte[] bytes);
}
