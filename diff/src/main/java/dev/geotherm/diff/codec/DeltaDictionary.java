package dev.geotherm.diff.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.geotherm.delta.StateDelta;
import java.util.Arrays;
import java.util.List;

/**
 * What deltas of one kind have in common, learned from their history: with it, small deltas get much smaller.
 *
 * <p>Both sides must have it; a frame says by its id which one it was made with. Immutable.
 */
public final class DeltaDictionary {
    private static final int MOST_BYTES = 1 << 20;
    private static final int LARGEST = 64 << 10;
    private static final int FEWEST = 10;

    private final byte[] bytes;
    private final int id;

    private DeltaDictionary(byte[] bytes) {
        this.bytes = bytes;
        this.id = (int) Zstd.getDictIdFromDict(bytes);
        if (id == 0 || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("these " + bytes.length + " bytes are no dictionary");
        }
    }

    /**
     * Learns from deltas of the past, most useful when they resemble those to come and there are a hundred or more.
     *
     * @throws IllegalArgumentException if there are too few of them, or they have nothing in common
     */
    public static DeltaDictionary train(List<StateDelta> history) {
        if (history.size() < FEWEST) {
            throw new IllegalArgumentException(
                    "a dictionary is learned from " + FEWEST + " deltas or more, there were " + history.size());
        }
        byte[][] samples =
                history.stream().map(delta -> BinaryWriter.write(delta, null)).toArray(byte[][]::new);
        long all = 0;
        for (byte[] sample : samples) {
            all += sample.length;
        }
        byte[] room = new byte[(int) Math.max(1024, Math.min(LARGEST, all / 8))];
        try {
            long length = Zstd.trainFromBuffer(samples, room);
            if (Zstd.isError(length)) {
                throw new IllegalArgumentException(tooLittle(history) + Zstd.getErrorName(length));
            }
            return new DeltaDictionary(Arrays.copyOf(room, (int) length));
        } catch (ZstdException nothingInCommon) {
            throw new IllegalArgumentException(tooLittle(history) + nothingInCommon.getMessage(), nothingInCommon);
        }
    }

    private static String tooLittle(List<StateDelta> history) {
        return "no dictionary can be learned from these " + history.size() + " deltas, give more: ";
    }

    /**
     * Returns the dictionary that {@link #toBytes} gave.
     *
     * @throws IllegalArgumentException if the bytes are none
     */
    public static DeltaDictionary of(byte[] bytes) {
        return new DeltaDictionary(bytes.clone());
    }

    /** Returns the dictionary for the other side. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Returns the number that frames name it by. */
    public int id() {
        return id;
    }

    byte[] bytes() {
        return bytes;
    }
}
