package dev.geotherm.pool.pressure;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A monitor of the heap after collections: a listener to the collection usage thresholds of the JVM's memory pools,
 * except the young generation.
 *
 * <p>The JVM has one threshold per memory pool, shared by all users. It is set to the lowest value that any monitor
 * needs, never above its previous value, and restored when the last monitor is closed; each monitor then checks its own
 * threshold.
 */
final class HeapUsageMonitor implements NotificationListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeapUsageMonitor.class);
    private static final Map<HeapUsageMonitor, Double> open = new LinkedHashMap<>();
    private static final Map<String, Long> setBefore = new HashMap<>();

    private final double threshold;
    private final Runnable onReached;

    private HeapUsageMonitor(double threshold, Runnable onReached) {
        this.threshold = threshold;
        this.onReached = onReached;
    }

    /**
     * Starts a monitor.
     *
     * @param threshold the share of a memory pool, from 0 to 1; 0 to monitor nothing
     * @param onReached runs on a thread of the JVM, so it must return immediately
     */
    static HeapUsageMonitor start(double threshold, Runnable onReached) {
        HeapUsageMonitor watch = new HeapUsageMonitor(threshold, onReached);
        if (threshold > 0) {
            emitter().addNotificationListener(watch, null, null);
            synchronized (open) {
                open.put(watch, threshold);
                setThresholds();
            }
        }
        return watch;
    }

    @Override
    public void handleNotification(Notification notification, Object handback) {
        if (notification.getType().equals(MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED)
                && notification.getUserData() instanceof CompositeData data) {
            MemoryNotificationInfo info = MemoryNotificationInfo.from(data);
            if (info.getUsage().getUsed() >= threshold * info.getUsage().getMax() && isWatched(info.getPoolName())) {
                onReached.run();
            }
        }
    }

    /** Returns whether the last collection left more than the threshold. */
    boolean isUnderPressure() {
        return threshold > 0
                && watched().stream()
                        .anyMatch(pool -> pool.getCollectionUsage().getUsed()
                                >= threshold * pool.getCollectionUsage().getMax());
    }

    @Override
    public void close() {
        synchronized (open) {
            if (open.remove(this) == null) {
                return;
            }
            setThresholds();
        }
        try {
            emitter().removeNotificationListener(this);
        } catch (ListenerNotFoundException gone) {
            LOG.debug("the listener was already removed", gone);
        }
    }

    private static void setThresholds() {
        double lowest =
                open.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
        for (MemoryPoolMXBean pool : watched()) {
            long before = setBefore.computeIfAbsent(pool.getName(), name -> pool.getCollectionUsageThreshold());
            long ours = (long) Math.ceil(lowest * pool.getCollectionUsage().getMax());
            pool.setCollectionUsageThreshold(open.isEmpty() ? before : before == 0 ? ours : Math.min(before, ours));
        }
        if (open.isEmpty()) {
            setBefore.clear();
        }
    }

    private static boolean isWatched(String name) {
        return watched().stream().anyMatch(pool -> pool.getName().equals(name));
    }

    /**
     * Returns the memory pools of long-lived objects: the old generation, or the whole heap.
     *
     * <p>Eden and survivor spaces are full in normal operation, so the JVM supports no usage threshold for them, which
     * identifies them for every collector.
     */
    private static List<MemoryPoolMXBean> watched() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP
                        && pool.isUsageThresholdSupported()
                        && pool.isCollectionUsageThresholdSupported())
                .filter(pool -> pool.getCollectionUsage() != null
                        && pool.getCollectionUsage().getMax() > 0)
                .toList();
    }

    private static NotificationEmitter emitter() {
        return (NotificationEmitter) ManagementFactory.getMemoryMXBean();
    }
}
