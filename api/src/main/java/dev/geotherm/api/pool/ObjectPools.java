package dev.geotherm.api.pool;

import dev.geotherm.api.Component;

/**
 * A component that opens and maintains named object pools: it cleans them up periodically, trims them under memory
 * pressure, and collects their metrics.
 *
 * <p>Thread-safe. A pool has the component's settings, overridden by those configured for its name.
 */
public interface ObjectPools extends Component {

    /**
     * Opens a pool. Close it when it is no longer needed; {@link #close()} of this component closes it otherwise.
     *
     * @param name for metrics and messages; unique among the open pools of this component
     * @param allocator creates, resets and disposes of the objects
     * @throws IllegalArgumentException if a pool of this name is open
     * @throws IllegalStateException if this component is closed
     */
    <T> ObjectPool<T> open(String name, Allocator<T> allocator);

    /**
     * Trims all pools because of memory pressure: every pool deallocates its idle objects, and no objects are
     * preallocated until the next scheduled clean-up, so a pool opened before then starts empty.
     *
     * <p>The component calls it when the collector reports memory pressure; a platform or an operator may call it for
     * other reasons. Objects in use are not affected. Each call counts as one pressure event in each open pool.
     *
     * @return how many objects were deallocated
     */
    int trim();

    @Override
    PoolsMetrics metrics();

    /** Closes every open pool; see {@link ObjectPool#close()}. */
    @Override
    void close();
}
