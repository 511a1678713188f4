package dev.geotherm.api.pool;

import dev.geotherm.api.Component;

/**
 * A component that opens and maintains named object pools: periodic clean-up, trimming under memory pressure, metrics.
 *
 * <p>Safe for use by many threads. A pool has the component's settings, overridden by those that the configuration has for
 * its name.
 */
public interface ObjectPools extends Component {

    /**
     * Opens a pool. Close it yourself, or let {@link #close()} of this component do it.
     *
     * @param name for metrics and messages; unique among the open pools of this component
     * @param allocator makes, resets and disposes of the objects
     * @throws IllegalArgumentException if a pool of this name is open
     * @throws IllegalStateException if this component is closed
     */
    <T> ObjectPool<T> open(String name, Allocator<T> allocator);

    /**
     * Trims all pools because of memory pressure: every pool deallocates its idle objects, and until the next clean-up at
     * the component's interval none is preallocated, so that a pool that is opened meanwhile starts empty.
     *
     * <p>The component calls it itself when the collector reports pressure; a platform or an operator may call it for other
     * reasons. Objects in use are not touched. Each call counts as one pressure event in each open pool.
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
