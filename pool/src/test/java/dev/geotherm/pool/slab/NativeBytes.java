package dev.geotherm.pool.slab;

import dev.geotherm.pool.slab.memory.ForeignMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The native memory in use, measured independently of the slab: by the JVM for direct buffers, otherwise by the
 * operating system, which counts everything.
 */
final class NativeBytes {
    private static final Path STATUS = Path.of("/proc/self/status");

    private NativeBytes() {}

    static boolean areKnown() {
        return isOfTheJvm() || Files.exists(STATUS);
    }

    static long inUse() {
        return isOfTheJvm() ? ofTheJvm() : resident();
    }

    private static boolean isOfTheJvm() {
        return Runtime.version().feature() < ForeignMemory.SINCE;
    }

    private static long ofTheJvm() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long resident() {
        try {
            String line = Files.readAllLines(STATUS).stream()
                    .filter(one -> one.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
