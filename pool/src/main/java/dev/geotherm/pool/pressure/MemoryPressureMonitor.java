package dev.geotherm.pool.pressure;

/** A monitor of memory pressure, in the heap after a collection and in the container. Thread-safe. */
public final class MemoryPressureMonitor implements AutoCloseable {
    private final Runnable onPressure;
    private final ContainerMemory container;
    private double threshold;
    private HeapUsageMonitor collector;

    /**
     * Starts the monitor.
     *
     * @param threshold the used share from which there is memory pressure; 0 for never
     * @param onPressure runs on a thread of the JVM when there is pressure after a collection; must return immediately
     */
    public MemoryPressureMonitor(double threshold, ContainerMemory container, Runnable onPressure) {
        this.threshold = threshold;
        this.onPressure = onPressure;
        this.container = container;
        this.collector = HeapUsageMonitor.start(threshold, onPressure);
    }

    public synchronized void setThreshold(double newThreshold) {
        if (newThreshold != threshold) {
            collector.close();
            threshold = newThreshold;
            collector = HeapUsageMonitor.start(newThreshold, onPressure);
        }
    }

    /** Returns whether there is pressure now; in a container, reads a few small files. */
    public synchronized boolean isUnderPressure() {
        return threshold > 0 && (collector.isUnderPressure() || container.usedShare() >= threshold);
    }

    @Override
    public synchronized void close() {
        collector.close();
    }
}
