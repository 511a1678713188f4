package dev.geotherm.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The peak memory of this process.
 *
 * @param heapBytes the highest heap usage that {@link HeapPeak} sampled
 * @param residentBytes the peak resident set size, if the operating system reports it (Linux)
 */
record Memory(long heapBytes, OptionalLong residentBytes) {

    static Memory peak(HeapPeak heap) {
        return new Memory(heap.bytes(), resident(Path.of("/proc/self/status")));
    }

    private static OptionalLong resident(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                    .findFirst();
        } catch (IOException notLinux) {
            return OptionalLong.empty();
        }
    }
}
