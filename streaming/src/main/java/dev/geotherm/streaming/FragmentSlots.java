package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Fragment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table of the pending fragments of a pipeline and of spare entries, both addressed by number.
 *
 * <p>Storing a reference in an old object is expensive, because of the garbage collector's write barrier. So the queue links
 * fragments by number, and keeps them in blocks. The lowest spare number is taken first: successive fragments mostly have
 * successive numbers, their references can be copied together, and the blocks of a burst become empty.
 *
 * <p>Guarded by the queue's monitor, except for {@link #block}.
 */
final class FragmentSlots<T> {
    /** The number that stands for no fragment. */
    static final int NONE = 0;

    /** The length of a run from which copying it as a whole is faster. */
    private static final int LONG_RUN = 4;

    /** The number of spare entries beyond which empty blocks are released. */
    private static final int MOST_SPARES = 16_384;

    private static final int WORDS_PER_BLOCK = FragmentBlock.SIZE / Long.SIZE;

    /** The blocks by number; null where all entries are spare, and the block was not kept. */
    private volatile @Nullable FragmentBlock<T>[] blocks = newBlocks(1);

    /** A bit for each number: whether it is spare. */
    private long[] spare = new long[WORDS_PER_BLOCK];

    /** The number of spare entries in existing blocks. */
    private int spares;

    /** The words before this one have no bit set. */
    private int firstWord;

    FragmentSlots() {
        Arrays.fill(spare, -1);
        spare[0] = ~(1L << NONE);
    }

    @SuppressWarnings("unchecked") // generic arrays cannot be created otherwise
    private static <T> @Nullable FragmentBlock<T>[] newBlocks(int length) {
        return (FragmentBlock<T>[]) new FragmentBlock<?>[length];
    }

    /** Returns the block of the fragment with a number; a producer may call it with a number from the inbox. */
    @SuppressWarnings("NullAway") // the entry is not spare
    FragmentBlock<T> block(int number) {
        return blocks[FragmentBlock.of(number)];
    }

    /** Returns the fragment with a number. */
    PendingFragment<T> get(int number) {
        return block(number).pending(FragmentBlock.index(number));
    }

    /** Returns the time at which a fragment entered its lane. */
    long queuedNanos(int number) {
        return block(number).queuedNanos[FragmentBlock.index(number)];
    }

    /**
     * Takes some spare entries, at least one. If this fails, because the heap or the stack is full, nothing has changed.
     *
     * @param numbers receives their numbers
     * @param from the index of the first number
     * @param most the maximum number to take
     * @return how many were taken
     */
    int take(int[] numbers, int from, int most) {
        int word = firstWord;
        while (word < spare.length && spare[word] == 0) {
            word++;
        }
        if (word == spare.length) {
            grow();
        }
        int first = word * Long.SIZE;
        if (blocks[FragmentBlock.of(first)] == null) {
            add(FragmentBlock.of(first));
        }
        long left = spare[word];
        int taken = 0;
        while (taken < most && left != 0) {
            numbers[from + taken] = first + Long.numberOfTrailingZeros(left);
            left &= left - 1;
            taken++;
        }
        // From here: stores only.
        spare[word] = left;
        firstWord = word;
        spares -= taken;
        return taken;
    }

    private void grow() {
        @Nullable FragmentBlock<T>[] larger = Arrays.copyOf(blocks, 2 * blocks.length);
        long[] moreSpare = Arrays.copyOf(spare, 2 * spare.length);
        Arrays.fill(moreSpare, spare.length, moreSpare.length, -1);
        spare = moreSpare;
        blocks = larger;
    }

    private void add(int block) {
        @Nullable FragmentBlock<T>[] all = blocks;
        all[block] = new FragmentBlock<>(block * FragmentBlock.SIZE);
        spares += FragmentBlock.SIZE - (block == 0 ? 1 : 0);
    }

    /** Makes the entry of a fragment with an outcome spare. */
    void recycle(PendingFragment<T> fragment) {
        recycle(fragment.number);
    }

    private void recycle(int number) {
        FragmentBlock<T> block = block(number);
        int index = FragmentBlock.index(number);
        block.fragments[index] = null;
        if (block.marked[index]) {
            block.pending(index).clear();
        }
        int word = number / Long.SIZE;
        spare[word] |= 1L << number;
        firstWord = word < firstWord ? word : firstWord;
        spares++;
        if (spares > MOST_SPARES) {
            releaseIfEmpty(FragmentBlock.of(number));
        }
    }

    /** Makes the entries of unmarked fragments with an outcome spare. */
    void recycle(int[] numbers, int count) {
        for (int i = 0; i < count; ) {
            int first = numbers[i];
            int length = run(numbers, i, count);
            int index = FragmentBlock.index(first);
            Arrays.fill(block(first).fragments, index, index + length, null);
            for (int number = first; number < first + length; number++) {
                spare[number / Long.SIZE] |= 1L << number;
            }
            int word = first / Long.SIZE;
            firstWord = word < firstWord ? word : firstWord;
            spares += length;
            if (spares > MOST_SPARES) {
                releaseIfEmpty(FragmentBlock.of(first));
            }
            i += length;
        }
    }

    /** Returns the length of the run of successive numbers in one block that starts at an index. */
    private static int run(int[] numbers, int from, int count) {
        int first = numbers[from];
        int most = Math.min(count - from, FragmentBlock.SIZE - FragmentBlock.index(first));
        int length = 1;
        while (length < most && numbers[from + length] == first + length) {
            length++;
        }
        return length;
    }

    private void releaseIfEmpty(int block) {
        int first = block * WORDS_PER_BLOCK;
        for (int word = first; word < first + WORDS_PER_BLOCK; word++) {
            if (spare[word] != -1) {
                return; // always so in the first block, which has no fragment with the number NONE
            }
        }
        @Nullable FragmentBlock<T>[] all = blocks;
        all[block] = null;
        spares -= FragmentBlock.SIZE;
    }

    /** Copies the references to the fragments with the given numbers. */
    void copyFragments(int[] numbers, int count, @Nullable Fragment<T>[] copies) {
        for (int i = 0; i < count; ) {
            int first = numbers[i];
            int index = FragmentBlock.index(first);
            int length = run(numbers, i, count);
            @Nullable Fragment<T>[] fragments = block(first).fragments;
            if (length >= LONG_RUN) {
                System.arraycopy(fragments, index, copies, i, length);
            } else {
                for (int j = 0; j < length; j++) {
                    copies[i + j] = fragments[index + j];
                }
            }
            i += length;
        }
    }
}
