package dev.geotherm.diff.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A chooser of the compression mode, based on previous bodies. For the first few bodies of a size class, and for every
 * 16th body after them, it tries and times all modes; other bodies use the mode with the lowest cost so far.
 *
 * <p>Size classes are powers of four. Thread-safe; only a trial takes a lock.
 */
final class CompressionChooser {
    private static final int FIRST = 3;
    private static final int EVERY = 16;
    private static final double NEWEST = 0.25;
    private static final double QUICKER = 0.75;
    private static final double SLOWER = 0.1;
    private static final int SIZES = 16;

    private final CompressionPolicy policy;
    private final List<CompressionMode> modes;
    private final LongSupplier nanos;
    private final AtomicReferenceArray<@Nullable CompressionMode> best = new AtomicReferenceArray<>(SIZES);
    private final AtomicInteger[] seen = new AtomicInteger[SIZES];
    private final Map<Integer, Map<CompressionMode, Learned>> learned = new HashMap<>();

    /**
     * The average result of a mode.
     *
     * @param share the compressed share of the bytes
     * @param nanosPerByte the time per byte
     */
    private record Learned(double share, double nanosPerByte) {
        /** Other load on the machine can only slow a trial down, so faster trials have more weight. */
        Learned with(Learned newer) {
            double weight = newer.nanosPerByte < nanosPerByte ? QUICKER : SLOWER;
            return new Learned(
                    share + NEWEST * (newer.share - share),
                    nanosPerByte + weight * (newer.nanosPerByte - nanosPerByte));
        }
    }

    /** The result of a compression. */
    static final class Packed {
        private final CompressionMode mode;
        private final byte[] bytes;

        private Packed(CompressionMode mode, byte[] bytes) {
            this.mode = mode;
            this.bytes = bytes;
        }

        CompressionMode mode() {
            return mode;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    CompressionChooser(CompressionPolicy policy, List<CompressionMode> modes, LongSupplier nanos) {
        this.policy = policy;
        this.modes = modes;
        this.nanos = nanos;
        for (int i = 0; i < SIZES; i++) {
            seen[i] = new AtomicInteger();
        }
    }

    /** Compresses a body; {@code compress} applies a mode. */
    Packed pack(byte[] body, Function<CompressionMode, byte[]> compress) {
        int size = (Integer.SIZE - Integer.numberOfLeadingZeros(body.length)) / 2 % SIZES;
        int number = seen[size].getAndIncrement();
        CompressionMode mode = best.get(size);
        if (mode == null || number < FIRST || number % EVERY == 0) {
            return tryAll(body, size, compress);
        }
        return new Packed(mode, compress.apply(mode));
    }

    private Packed tryAll(byte[] body, int size, Function<CompressionMode, byte[]> compress) {
        Map<CompressionMode, Learned> found = new HashMap<>();
        Packed cheapest = new Packed(CompressionMode.PLAIN, body);
        double least = Double.POSITIVE_INFINITY;
        for (CompressionMode mode : modes) {
            long start = nanos.getAsLong();
            byte[] bytes = compress.apply(mode);
            double spent = nanos.getAsLong() - start;
            found.put(mode, new Learned(bytes.length / (double) body.length, spent / body.length));
            double cost = policy.cost(bytes.length, spent);
            if (cost < least) {
                least = cost;
                cheapest = new Packed(mode, bytes);
            }
        }
        learn(size, found);
        return cheapest;
    }

    private synchronized void learn(int size, Map<CompressionMode, Learned> found) {
        Map<CompressionMode, Learned> known = learned.computeIfAbsent(size, any -> new HashMap<>());
        found.forEach((mode, newer) -> known.merge(mode, newer, Learned::with));
        CompressionMode cheapest = CompressionMode.PLAIN;
        double least = Double.POSITIVE_INFINITY;
        for (CompressionMode mode : modes) {
            Learned each = known.getOrDefault(mode, new Learned(1, 0));
            double cost = policy.cost(each.share, each.nanosPerByte);
            if (cost < least) {
                least = cost;
                cheapest = mode;
            }
        }
        best.set(size, cheapest);
    }
}
