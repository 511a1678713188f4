package dev.geotherm.anchors.vector;

import java.util.Arrays;

/**
 * Numbered lists of rows in blocks of large int arrays. Millions of short lists need no object each, so adding a row writes
 * no reference that the garbage collector must trace.
 *
 * <p>A list is a chain of blocks. Only the first block has free space; it is twice as large as the next one, up to {@value
 * #LARGEST} numbers. A block starts with the address of the next block, its size and the number of its rows. Address 0 means
 * no block, and reads as a block without rows. Empty blocks are reused.
 *
 * <p>Not thread-safe.
 */
final class RowLists {
    private static final int HEADER = 3;
    private static final int SMALLEST = 8;
    private static final int LARGEST = 1 << 10;
    private static final int SLAB_SHIFT = 14;
    private static final int SLAB = 1 << SLAB_SHIFT;

    /** By list: the address of its first block. */
    private final int[] first;

    private int[][] slabs = {new int[SLAB]};
    /** The address after the last block. */
    private int end = SMALLEST;
    /** By binary logarithm of the size: the address of the first empty block in a chain. */
    private final int[] free = new int[Integer.SIZE];

    RowLists(int lists) {
        first = new int[lists];
    }

    /** Returns the address of the first block of a list, or 0. */
    int first(int list) {
        return first[list];
    }

    /** Returns the address of the next block, or 0. */
    int next(int block) {
        return slab(block)[offset(block)];
    }

    /** Returns the array that contains a block. */
    int[] slab(int block) {
        return slabs[block >> SLAB_SHIFT];
    }

    /** Returns the index of a block's first row in its array. */
    int rows(int block) {
        return offset(block) + HEADER;
    }

    /** Returns the number of rows in a block. */
    int count(int block) {
        return slab(block)[offset(block) + 2];
    }

    private static int offset(int block) {
        return block & (SLAB - 1);
    }

    private int size(int block) {
        return slab(block)[offset(block) + 1];
    }

    private void count(int block, int count) {
        slab(block)[offset(block) + 2] = count;
    }

    void add(int list, int row) {
        int block = first[list];
        if (block == 0 || count(block) == size(block) - HEADER) {
            block = allocate(block == 0 ? SMALLEST : Math.min(LARGEST, 2 * size(block)), block);
            first[list] = block;
        }
        int count = count(block);
        slab(block)[rows(block) + count] = row;
        count(block, count + 1);
    }

    private int allocate(int size, int next) {
        int kind = Integer.numberOfTrailingZeros(size);
        int block = free[kind];
        if (block != 0) {
            free[kind] = next(block);
        } else {
            if (offset(end) + size > SLAB || end >> SLAB_SHIFT == slabs.length) {
                end = slabs.length << SLAB_SHIFT;
                slabs = Arrays.copyOf(slabs, slabs.length + 1);
                slabs[slabs.length - 1] = new int[SLAB];
            }
            block = end;
            end += size;
        }
        int[] slab = slab(block);
        slab[offset(block)] = next;
        slab[offset(block) + 1] = size;
        slab[offset(block) + 2] = 0;
        return block;
    }

    /** Removes a row, which must be in the list. The last row of the first block takes its place. */
    void remove(int list, int row) {
        int head = first[list];
        int block = head;
        int at = find(block, row);
        while (at < 0) {
            block = next(block);
            at = find(block, row);
        }
        int last = count(head) - 1;
        slab(block)[at] = slab(head)[rows(head) + last];
        count(head, last);
        if (last == 0) {
            first[list] = next(head);
            int kind = Integer.numberOfTrailingZeros(size(head));
            slab(head)[offset(head)] = free[kind];
            free[kind] = head;
        }
    }

    private int find(int block, int row) {
        int[] slab = slab(block);
        for (int i = rows(block), last = i + count(block); i < last; i++) {
            if (slab[i] == row) {
                return i;
            }
        }
        return -1;
    }
}
