package dev.geotherm.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * The order of an array's elements while changes add, remove and move them. Each element has a number: its index before the
 * first change, or a higher number if it was added.
 */
final class ArrayOrder {
    private final ArrayNode before;
    private final NumberBlocks numbers;
    private int count;
    private int[] indices = new int[0];

    /** Creates the order of an array, which must not be modified afterwards. */
    ArrayOrder(ArrayNode before) {
        this.before = before;
        count = before.size();
        numbers = new NumberBlocks(count);
    }

    /** Returns the array before the first change. */
    JsonNode before() {
        return before;
    }

    /** Adds an element and returns its number. */
    int add(int index) {
        numbers.add(index, count);
        return count++;
    }

    /** Removes an element and returns its number. */
    int remove(int index) {
        return numbers.remove(index);
    }

    /** Moves an element and returns its number. */
    int move(int from, int to) {
        int number = numbers.remove(from);
        numbers.add(to, number);
        return number;
    }

    /** Returns the index of an element after the last change. */
    int indexOf(int number) {
        if (indices.length < count) {
            indices = numbers.indices(count);
        }
        return indices[number];
    }
}
