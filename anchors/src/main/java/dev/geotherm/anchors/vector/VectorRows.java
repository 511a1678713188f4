package dev.geotherm.anchors.vector;

import static dev.geotherm.anchors.vector.Sketcher.MIDDLE_BITS;
import static dev.geotherm.anchors.vector.Sketcher.PEAKS;
import static dev.geotherm.anchors.vector.Sketcher.PEAK_BITS;
import static dev.geotherm.anchors.vector.Sketcher.SIGNS;

import java.util.Arrays;

/**
 * A table of distinct unit vectors in contiguous rows, with their sketches.
 *
 * <p>Vectors are stored in slabs of {@value #SLAB_ROWS} rows instead of separate objects. Removed rows are reused. Not
 * thread-safe, except for {@link #sketch}.
 */
public final class VectorRows {
    private static final int SLAB_SHIFT = 8;
    private static final int SLAB_ROWS = 1 << SLAB_SHIFT;

    private final int dimension;
    private final Sketcher sketcher;
    private float[][] slabs = {};
    private long[] signs = {};
    /** A copy of the first 64 signs of each row, small enough to stay in the processor's cache. */
    private long[] firstSigns = {};

    private int[] peaks = {};
    private int[] numberHashes = {};
    /** The removed rows, as a stack. */
    private int[] free = new int[8];

    private int frees;
    /** The first row that was never used. */
    private int end;
    /** A hash table of rows by the hash of their numbers; -1 means free; at most half full. */
    private int[] places = emptyPlaces(64);

    private int placed;

    /** Creates an empty table of vectors of the given length. */
    public VectorRows(int dimension) {
        this.dimension = dimension;
        sketcher = new Sketcher(dimension);
    }

    private static int[] emptyPlaces(int length) {
        int[] places = new int[length];
        Arrays.fill(places, -1);
        return places;
    }

    /** Returns the length of the vectors. */
    public int dimension() {
        return dimension;
    }

    /** Returns the number of rows in use. */
    public int size() {
        return end - frees;
    }

    /** Returns an exclusive upper bound of row numbers, including the next row. */
    public int bound() {
        return end + 1;
    }

    /** Returns the sketch of a vector. Thread-safe. */
    public Sketch sketch(float[] unit) {
        return sketcher.sketch(unit);
    }

    /** Returns the row of an equal vector, or -1. */
    public int find(float[] unit, Sketch sketch) {
        for (int place = place(sketch.hash()); places[place] >= 0; place = next(place)) {
            int row = places[place];
            int offset = offset(row);
            if (numberHashes[row] == sketch.hash()
                    && Arrays.equals(slab(row), offset, offset + dimension, unit, 0, dimension)) {
                return row;
            }
        }
        return -1;
    }

    /**
     * Writes a vector to the row that {@link #add} will use next, and returns the row. The staged row can be compared before
     * it is added. The next call overwrites it.
     */
    public int stage(float[] unit, Sketch sketch) {
        int row = frees > 0 ? free[frees - 1] : end;
        reserve(row);
        System.arraycopy(unit, 0, slab(row), offset(row), dimension);
        System.arraycopy(sketch.signs(), 0, signs, row * SIGNS, SIGNS);
        firstSigns[row] = sketch.signs()[0];
        System.arraycopy(sketch.peaks(), 0, peaks, row * PEAKS, PEAKS);
        numberHashes[row] = sketch.hash();
        return row;
    }

    private void reserve(int row) {
        if (row >> SLAB_SHIFT >= slabs.length) {
            slabs = Arrays.copyOf(slabs, slabs.length + 1);
            slabs[slabs.length - 1] = new float[SLAB_ROWS * dimension];
        }
        if (row >= numberHashes.length) {
            int length = Math.max(SLAB_ROWS, 2 * numberHashes.length);
            signs = Arrays.copyOf(signs, length * SIGNS);
            firstSigns = Arrays.copyOf(firstSigns, length);
            peaks = Arrays.copyOf(peaks, length * PEAKS);
            numberHashes = Arrays.copyOf(numberHashes, length);
        }
    }

    /** Adds the staged row. All-zero vectors are not {@link #find found}, so each has a separate row. */
    public void add(int row) {
        if (frees > 0) {
            frees--;
        } else {
            end++;
        }
        if (!isZero(row)) {
            if (2 * ++placed > places.length) {
                growPlaces();
            }
            enter(row);
        }
    }

    private void growPlaces() {
        int[] old = places;
        places = emptyPlaces(2 * old.length);
        for (int row : old) {
            if (row >= 0) {
                enter(row);
            }
        }
    }

    private void enter(int row) {
        int place = place(numberHashes[row]);
        while (places[place] >= 0) {
            place = next(place);
        }
        places[place] = row;
    }

    private int place(int hash) {
        return (hash * 0x9E3779B9) >>> (Integer.numberOfLeadingZeros(places.length) + 1);
    }

    private int next(int place) {
        return (place + 1) & (places.length - 1);
    }

    /** Removes a row. */
    public void remove(int row) {
        if (!isZero(row)) {
            leave(row);
            placed--;
        }
        if (frees == free.length) {
            free = Arrays.copyOf(free, 2 * frees);
        }
        free[frees++] = row;
    }

    /** Empties a row's place in the hash table, and moves displaced rows after it (Knuth, TAOCP 3, 6.4, algorithm R). */
    private void leave(int row) {
        int hole = place(numberHashes[row]);
        while (places[hole] != row) {
            hole = next(hole);
        }
        places[hole] = -1;
        for (int place = next(hole); places[place] >= 0; place = next(place)) {
            int home = place(numberHashes[places[place]]);
            boolean between = hole <= place ? hole < home && home <= place : hole < home || home <= place;
            if (!between) {
                places[hole] = places[place];
                places[place] = -1;
                hole = place;
            }
        }
    }

    /** Returns the array that contains a row, starting at {@link #offset}. */
    public float[] slab(int row) {
        return slabs[row >> SLAB_SHIFT];
    }

    /** Returns the offset of a row in its slab. */
    public int offset(int row) {
        return (row & (SLAB_ROWS - 1)) * dimension;
    }

    /** Returns a copy of a row. */
    public float[] copy(int row) {
        return Arrays.copyOfRange(slab(row), offset(row), offset(row) + dimension);
    }

    /** Returns whether all numbers of a row are zero. */
    public boolean isZero(int row) {
        float[] slab = slab(row);
        for (int i = offset(row), last = i + dimension; i < last; i++) {
            if (slab[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the cosine of two rows, clamped to -1 to 1. */
    public float cosine(int a, int b) {
        float dot = VectorMath.dot(slab(a), offset(a), slab(b), offset(b), dimension);
        return Math.max(-1, Math.min(1, dot));
    }

    /** Returns the number of differing signs of two rows, from 0 to 512. */
    public int distance(int a, int b) {
        int i = a * SIGNS;
        int j = b * SIGNS;
        int distance = 0;
        for (int k = 0; k < SIGNS; k++) {
            distance += Long.bitCount(signs[i + k] ^ signs[j + k]);
        }
        return distance;
    }

    /** Returns the first 64 signs of each row; must not be modified. */
    long[] firstSigns() {
        return firstSigns;
    }

    /**
     * Returns a peak of a row.
     *
     * @param bits {@value Sketcher#PEAK_BITS}, {@value Sketcher#MIDDLE_BITS} or {@value Sketcher#SMALL_BITS}, which
     *     determines the number of compared coordinates
     */
    int peak(int row, int number, int bits) {
        int from = bits == PEAK_BITS ? 0 : bits == MIDDLE_BITS ? PEAK_BITS : PEAK_BITS + MIDDLE_BITS;
        return peaks[row * PEAKS + number] >>> from & ((1 << bits) - 1);
    }
}
