package dev.geotherm.api.pool;

import dev.geotherm.api.Component;

/**
 * Makes object pools under one set of settings, and sees to their common needs: clean-up at intervals, relief under
 * memory pressure, metrics.
 */
public interface ObjectPools extends Component {

    /**
     * Opens a pool; whoever opens it closes it, or leaves that to {@link #close()}.
     *
     * @param name for metrics and messages; unique among the open pools of this component
     * @param allocator makes, resets and disposes of the objects
     * @throws IllegalArgumentException if a pool of this name is open
     * @throws IllegalStateException if this component is closed
     */
    <T> ObjectPool<T> open(String name, Allocator<T> allocator);

    /**
     * Gives back memory because it is short: every pool deallocates its idle objects, and until the next clean-up at the
     * component's interval no object is made in advance, so that a pool that is opened meanwhile starts empty.
     *
     * <p>Called by the component itself when the collector reports pressure, and by a platform or an operator who knows
     * of it otherwise. Objects in use are not touched. Each call counts as one pressure event in each open pool.
     *
     * @return how many objects were deallocated
     */
    int relieve();

    @Override
    PoolsMetrics metrics();

    /** Closes every open pool; see {@link ObjectPool#close()}. */
    @Override
    void close();
}
