package dev.geotherm.benchmarks.mainjob;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The highest use of the heap after a garbage collection, since the last reset: what is live, and what was not collected. */
final class HeapWatch {
    private final AtomicLong highest = new AtomicLong();

    /** Starts watching, for the rest of the process. */
    HeapWatch() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, ignored) -> {
                                if (notification.getUserData() instanceof CompositeData data
                                        && notification
                                                .getType()
                                                .equals(
                                                        GarbageCollectionNotificationInfo
                                                                .GARBAGE_COLLECTION_NOTIFICATION)) {
                                    collected(GarbageCollectionNotificationInfo.from(data));
                                }
                            },
                            null,
                            null);
        }
    }

    private void collected(GarbageCollectionNotificationInfo info) {
        long used = 0;
        for (var pool : info.getGcInfo().getMemoryUsageAfterGc().entrySet()) {
            MemoryUsage usage = pool.getValue();
            boolean heap = !pool.getKey().contains("Code") && !pool.getKey().contains("lass");
            used += heap ? usage.getUsed() : 0;
        }
        highest.accumulateAndGet(used, Math::max);
    }

    void reset() {
        highest.set(0);
    }

    long bytes() {
        return highest.get();
    }
}
