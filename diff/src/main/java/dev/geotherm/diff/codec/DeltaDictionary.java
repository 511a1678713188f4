package dev.geotherm.diff.codec;

import dev.geotherm.delta.StateDelta;
import java.util.Arrays;
import java.util.List;

/**
 * A compression dictionary, trained on previous deltas of one kind; it makes small deltas much smaller.
 *
 * <p>Sender and receiver must both have it, and the optional library {@code com.github.luben:zstd-jni}; a frame
 * contains the id of its dictionary. Immutable.
 */
public final class DeltaDictionary {
    private static final int MAX_BYTES = 1 << 20;
    private static final int LARGEST = 64 << 10;
    private static final int MIN_DELTAS = 10;

    private final byte[] bytes;
    private final int id;

    private DeltaDictionary(byte[] bytes) {
        this.bytes = bytes;
        Compression.ZSTD.requireAvailable("a dictionary");
        this.id = ZstdBlocks.dictionaryId(bytes);
        if (id == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("these " + bytes.length + " bytes are not a dictionary");
        }
    }

    /**
     * Trains a dictionary on previous deltas. It is most useful with a hundred or more deltas that resemble future
     * ones.
     *
     * @throws IllegalArgumentException if there are too few of them, or they have nothing in common
     * @throws dev.geotherm.delta.DeltaException if the library is not available
     */
    public static DeltaDictionary train(List<StateDelta> history) {
        Compression.ZSTD.requireAvailable("a dictionary");
        if (history.size() < MIN_DELTAS) {
            throw new IllegalArgumentException(
                    "training a dictionary needs " + MIN_DELTAS + " deltas or more, were " + history.size());
        }
        byte[][] samples =
                history.stream().map(delta -> BinaryWriter.write(delta, null)).toArray(byte[][]::new);
        long all = 0;
        for (byte[] sample : samples) {
            all += sample.length;
        }
        byte[] room = new byte[(int) Math.max(1024, Math.min(LARGEST, all / 8))];
        try {
            int length = ZstdBlocks.train(samples, room);
            return new DeltaDictionary(Arrays.copyOf(room, length));
        } catch (IllegalArgumentException nothingInCommon) {
            throw new IllegalArgumentException(tooLittle(history) + nothingInCommon.getMessage(), nothingInCommon);
        }
    }

    private static String tooLittle(List<StateDelta> history) {
        return "no dictionary can be trained on these " + history.size() + " deltas, use more: ";
    }

    /**
     * Returns the dictionary that {@link #toBytes} encoded.
     *
     * @throws IllegalArgumentException if the bytes are not a dictionary
     */
    public static DeltaDictionary of(byte[] bytes) {
        return new DeltaDictionary(bytes.clone());
    }

    /** Encodes the dictionary, for example to send it to a receiver. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Returns the id of the dictionary in frames. */
    public int id() {
        return id;
    }

    byte[] bytes() {
        return bytes;
    }
}
