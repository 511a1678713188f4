package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Fragment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table of the pending fragments of a pipeline, addressed by number, with the spare entries to use next.
 *
 * <p>Storing a reference in an old object is expensive, because of the garbage collector's write barrier. So the queue links fragments
 * by number, and keeps the references to them in dense blocks. The lowest spare number is taken first, so successive fragments mostly
 * have successive numbers, and their references can be copied together.
 *
 * <p>Guarded by the queue's monitor, apart from {@link #get}.
 */
final class FragmentSlots<T> {
    /** The number that stands for no fragment. */
    static final int NONE = 0;

    private static final int BLOCK_BITS = 9;

    /** The number of fragments in a block. */
    private static final int BLOCK = 1 << BLOCK_BITS;

    /** The length from which copying successive fragments together is faster. */
    private static final int LONG_RUN = 4;

    /** The number of spare fragments beyond which only their numbers are kept. */
    private static final int MOST_SPARES = 16_384;

    /** The fragments; null where the number is spare, and its fragment was not kept. */
    private volatile @Nullable PendingFragment<T>[] all = newSlots(BLOCK);

    /** The references to fragments by number, in blocks that never move, because producers fill them. */
    private @Nullable Fragment<T>[][] blocks = newBlocks(1);

    /** A bit for each number: whether it is spare. */
    private long[] spare = new long[BLOCK / Long.SIZE];

    private int spares = BLOCK - 1;

    /** The words before this one have no bit set. */
    private int firstWord;

    FragmentSlots() {
        Arrays.fill(spare, -1);
        spare[0] = ~(1L << NONE);
    }

    @SuppressWarnings("unchecked") // generic arrays cannot be created otherwise
    private static <T> @Nullable PendingFragment<T>[] newSlots(int length) {
        return (PendingFragment<T>[]) new PendingFragment<?>[length];
    }

    @SuppressWarnings("unchecked") // generic arrays cannot be created otherwise
    private static <T> @Nullable Fragment<T>[][] newBlocks(int length) {
        @Nullable Fragment<T>[][] blocks = (Fragment<T>[][]) new Fragment<?>[length][];
        for (int i = 0; i < length; i++) {
            blocks[i] = (Fragment<T>[]) new Fragment<?>[BLOCK];
        }
        return blocks;
    }

    /** Returns the fragment that has a number; a producer may call it with a number from the inbox. */
    @SuppressWarnings("NullAway") // it is not spare
    PendingFragment<T> get(int number) {
        return all[number];
    }

    /** Takes a spare fragment, and returns its number. If this fails, because the heap is full, nothing has changed. */
    int take() {
        if (spares == 0) {
            grow();
        }
        int word = firstWord;
        while (spare[word] == 0) {
            word++;
        }
        int number = word * Long.SIZE + Long.numberOfTrailingZeros(spare[word]);
        if (all[number] == null) {
            all[number] = new PendingFragment<>(number, blocks[number >>> BLOCK_BITS], number & (BLOCK - 1));
        }
        spare[word] &= spare[word] - 1;
        firstWord = word;
        spares--;
        return number;
    }

    private void grow() {
        int length = all.length;
        @Nullable PendingFragment<T>[] larger = Arrays.copyOf(all, 2 * length);
        @Nullable Fragment<T>[][] moreBlocks = newBlocks(2 * blocks.length);
        long[] moreSpare = new long[2 * spare.length];
        System.arraycopy(blocks, 0, moreBlocks, 0, blocks.length);
        Arrays.fill(moreSpare, spare.length, moreSpare.length, -1);
        firstWord = spare.length;
        spare = moreSpare;
        blocks = moreBlocks;
        all = larger;
        spares = length;
    }

    /** Keeps a fragment that has its outcome, to be used for another one. */
    void recycle(PendingFragment<T> fragment) {
        fragment.clear();
        int number = fragment.number;
        int word = number / Long.SIZE;
        if (spares >= MOST_SPARES) {
            all[number] = null;
        }
        spare[word] |= 1L << number;
        firstWord = word < firstWord ? word : firstWord;
        spares++;
    }

    /** Copies the references to the fragments with the given numbers. */
    void copyFragments(int[] numbers, int count, @Nullable Fragment<T>[] copies) {
        for (int i = 0; i < count; ) {
            int first = numbers[i];
            int index = first & (BLOCK - 1);
            int most = Math.min(count - i, BLOCK - index);
            int length = 1;
            while (length < most && numbers[i + length] == first + length) {
                length++;
            }
            @Nullable Fragment<T>[] block = blocks[first >>> BLOCK_BITS];
            if (length >= LONG_RUN) {
                System.arraycopy(block, index, copies, i, length);
            } else {
                for (int j = 0; j < length; j++) {
                    copies[i + j] = block[index + j];
                }
            }
            i += length;
        }
    }
}
