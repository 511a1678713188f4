package dev.geotherm.storage.log;

/**
 * Sizes of a log's files.
 *
 * @param segmentBytes after which a segment is full and the next one is begun, 1 KiB to 1 GiB; a longer frame has a
 *     segment of its own
 * @param preallocatedBytes how far the active segment is filled with zeros in advance, 0 to 64 MiB; a commit into such
 *     space is faster because the file does not grow. 0 suits logs that are rarely committed
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

    /** Returns segments of 64 MiB, preallocated by 1 MiB. */
    public static LogOptions defaults() {
        return new LogOptions(1 << 26, 1 << 20);
    }
}
