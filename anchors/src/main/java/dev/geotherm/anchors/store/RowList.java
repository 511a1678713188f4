package dev.geotherm.anchors.store;

import java.util.Arrays;

/** A growing list of row numbers. */
final class RowList {
    private int[] rows = new int[4];
    private int size;

    void add(int row) {
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, 2 * size);
        }
        rows[size++] = row;
    }

    int get(int index) {
        return rows[index];
    }

    int size() {
        return size;
    }
}
