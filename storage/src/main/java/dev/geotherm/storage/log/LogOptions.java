package dev.geotherm.storage.log;

/**
 * The sizes of a log's files.
 *
 * @param segmentBytes the maximum size of a segment, 1 KiB to 1 GiB; a longer frame gets its own segment
 * @param preallocatedBytes the number of zeros written ahead of the frames, 0 to 64 MiB; commits into preallocated
 *     space are faster, because the file does not grow. Use 0 for logs that are rarely committed
 */
public record LogOptions(int segmentBytes, int preallocatedBytes) {
    private static final int MIN_SEGMENT = 1 << 10;
    private static final int MAX_SEGMENT = 1 << 30;
    private static final int MAX_PREALLOCATED = 1 << 26;

    /** Checks the values. */
    public LogOptions {
        if (segmentBytes < MIN_SEGMENT || segmentBytes > MAX_SEGMENT) {
            throw new IllegalArgumentException(
                    "segmentBytes must be from " + MIN_SEGMENT + " to " + MAX_SEGMENT + ", was " + segmentBytes);
        }
        if (preallocatedBytes < 0 || preallocatedBytes > MAX_PREALLOCATED) {
            throw new IllegalArgumentException(
                    "preallocatedBytes must be from 0 to " + MAX_PREALLOCATED + ", was " + preallocatedBytes);
        }
    }

    /** Returns the defaults: segments of 64 MiB, preallocated by 1 MiB. */
    public static LogOptions defaults() {
        return new LogOptions(1 << 26, 1 << 20);
    }
}
