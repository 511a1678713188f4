package dev.geotherm.pool.pressure;

/** Tells whether memory is short: the heap after a collection, or what the container may use. */
public final class MemoryPressureMonitor implements AutoCloseable {
    private final Runnable whenShort;
    private final ContainerMemory container;
    private double threshold;
    private HeapUsageMonitor collector;

    /**
     * Starts to watch.
     *
     * @param threshold the share that is full from which on memory is short; 0 for never
     * @param whenShort run by a thread of the JVM when a collection finds it so: must return at once
     */
    public MemoryPressureMonitor(double threshold, ContainerMemory container, Runnable whenShort) {
        this.threshold = threshold;
        this.whenShort = whenShort;
        this.container = container;
        this.collector = HeapUsageMonitor.start(threshold, whenShort);
    }

    public synchronized void setThreshold(double newThreshold) {
        if (newThreshold != threshold) {
            collector.close();
            threshold = newThreshold;
            collector = HeapUsageMonitor.start(newThreshold, whenShort);
        }
    }

    /** Returns whether memory is short now; reads a few small files in a container. */
    public synchronized boolean isShort() {
        return threshold > 0 && (collector.isShort() || container.usedShare() >= threshold);
    }

    @Override
    public synchronized void close() {
        collector.close();
    }
}
