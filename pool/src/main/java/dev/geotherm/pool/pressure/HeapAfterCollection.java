package dev.geotherm.pool.pressure;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The heap in use directly after the last collection, as reported by the collectors. Unlike the current heap usage, it
 * does not include later allocations.
 */
public final class HeapAfterCollection {
    private static final List<GarbageCollectorMXBean> COLLECTORS =
            ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
    private static final Set<String> HEAP_POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());

    private HeapAfterCollection() {}

    /** Returns the share of the maximum heap that was in use, from 0 to 1; 0 before the first collection. */
    public static double share() {
        GcInfo last = null;
        for (GarbageCollectorMXBean collector : COLLECTORS) {
            GcInfo info = collector.getLastGcInfo();
            if (info != null && (last == null || info.getEndTime() > last.getEndTime())) {
                last = info;
            }
        }
        if (last == null) {
            return 0;
        }
        Map<String, MemoryUsage> after = last.getMemoryUsageAfterGc();
        long used = HEAP_POOLS.stream()
                .map(after::get)
                .filter(usage -> usage != null)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        return (double) used / Runtime.getRuntime().maxMemory();
    }
}
