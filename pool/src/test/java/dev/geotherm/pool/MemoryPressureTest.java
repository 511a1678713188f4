package dev.geotherm.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the heap stays full after a collection, the pools give up what is idle; in a JVM of its own with a small heap. */
@Timeout(60)
final class MemoryPressureTest {

    @Test
    void idleObjectsAreGivenUpWhenTheHeapIsFullAfterACollection() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullHeap.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("idle before: 30").containsPattern("idle after: 0, events: [1-9]");
        assertThat(child.exitValue()).isZero();
    }

    /** Fills half of the heap with idle objects, and waits until they are gone. */
    static final class FullHeap {
        public static void main(String[] arguments) throws InterruptedException {
            try (StripedPools pools = new StripedPools(settings(0), ComponentContext.standalone("full"))) {
                ObjectPool<byte[]> pool = pools.open("buffers", new Allocator<>() {
                    @Override
                    public byte[] allocate() {
                        return new byte[1 << 20];
                    }

                    @Override
                    public void reset(byte[] object) {
                        object[0] = 0;
                    }
                });
                List<byte[]> held = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    held.add(pool.acquire());
                }
                held.forEach(pool::release);
                held.clear();
                System.out.println("idle before: " + pool.metrics().idle());
                pools.reconfigure(settings(0.5));
                System.gc();
                long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while (pool.metrics().idle() > 0 && System.nanoTime() < limit) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                System.out.println("idle after: " + pool.metrics().idle() + ", events: "
                        + pool.metrics().pressureEvents());
            }
        }
    }

    @Test
    void theThresholdsOfTheJvmAreTheLowestWantedAndRestored() {
        List<Long> before = thresholds();
        StripedPools eager = new StripedPools(settings(0.5), ComponentContext.standalone("eager"));
        List<Long> low = thresholds();
        StripedPools patient = new StripedPools(settings(0.9), ComponentContext.standalone("patient"));
        assertThat(low).isNotEqualTo(before);
        assertThat(thresholds()).isEqualTo(low);

        eager.reconfigure(settings(0));
        List<Long> high = thresholds();
        assertThat(high).isNotEqualTo(low).isNotEqualTo(before);

        eager.close();
        assertThat(thresholds()).isEqualTo(high);
        patient.close();
        assertThat(thresholds()).isEqualTo(before);
    }

    private static List<Long> thresholds() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(MemoryPoolMXBean::isCollectionUsageThresholdSupported)
                .map(MemoryPoolMXBean::getCollectionUsageThreshold)
                .toList();
    }

    private static StripedPoolsSettings settings(double pressureThreshold) {
        return Quiet.settings("pressureThreshold", String.valueOf(pressureThreshold));
    }
}
