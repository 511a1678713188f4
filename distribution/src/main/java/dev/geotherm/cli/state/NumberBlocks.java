package dev.geotherm.cli.state;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of different numbers in blocks. Adding and removing shift the numbers of one block only, so that their cost grows
 * with the number of blocks instead of that of numbers.
 */
final class NumberBlocks {
    private static final int CAPACITY = 1024;

    private final List<Block> blocks = new ArrayList<>();

    private static final class Block {
        private final int[] numbers = new int[CAPACITY];
        private int size;

        private void add(int index, int number) {
            System.arraycopy(numbers, index, numbers, index + 1, size++ - index);
            numbers[index] = number;
        }

        private int remove(int index) {
            int number = numbers[index];
            System.arraycopy(numbers, index + 1, numbers, index, --size - index);
            return number;
        }

        /** Moves the upper half of the numbers to a new block, which is returned. */
        private Block split() {
            Block upper = new Block();
            int half = size / 2;
            upper.size = size - half;
            System.arraycopy(numbers, half, upper.numbers, 0, upper.size);
            size = half;
            return upper;
        }
    }

    /** Creates the list of the numbers from 0 on. */
    NumberBlocks(int count) {
        Block block = new Block();
        blocks.add(block);
        for (int number = 0; number < count; number++) {
            if (block.size == CAPACITY / 2) { // so that the first additions split nothing
                block = new Block();
                blocks.add(block);
            }
            block.add(block.size, number);
        }
    }

    /** Adds a number before the one at the index. */
    void add(int index, int number) {
        int rest = index;
        int at = 0;
        while (rest > blocks.get(at).size) {
            rest -= blocks.get(at++).size;
        }
        Block block = blocks.get(at);
        if (block.size == CAPACITY) {
            Block upper = block.split();
            blocks.add(at + 1, upper);
            if (rest > block.size) {
                rest -= block.size;
                block = upper;
            }
        }
        block.add(rest, number);
    }

    /** Removes the number at the index, and returns it. */
    int remove(int index) {
        int rest = index;
        int at = 0;
        while (rest >= blocks.get(at).size) {
            rest -= blocks.get(at++).size;
        }
        Block block = blocks.get(at);
        int number = block.remove(rest);
        if (block.size == 0 && blocks.size() > 1) {
            blocks.remove(at);
        }
        return number;
    }

    /**
     * Returns the index of each number of the list.
     *
     * @param bound greater than every number
     */
    int[] indices(int bound) {
        int[] indices = new int[bound];
        int index = 0;
        for (Block block : blocks) {
            for (int i = 0; i < block.size; i++) {
                indices[block.numbers[i]] = index++;
            }
        }
        return indices;
    }
}
