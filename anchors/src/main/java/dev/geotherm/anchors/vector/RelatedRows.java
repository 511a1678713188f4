package dev.geotherm.anchors.vector;

import java.util.Arrays;

/**
 * An index that finds the rows related to a given row without visiting all rows.
 *
 * <p>In each table, one or two peaks of a row's sketch select its bucket. Two rows are related if they share a bucket of any
 * table and differ in few signs. The relation is symmetric. It depends only on the two vectors, the minimum relevant cosine,
 * and the number of bits that select a bucket; with no bits, all rows are related. Equal vectors are always related. An
 * index must not contain all-zero vectors.
 *
 * <p>Not thread-safe.
 */
public final class RelatedRows {
    /** The number of standard deviations by which the differing signs of a pair may exceed the expected number. */
    private static final double TOLERANCE = 4.5;

    private static final double TOLERANCE_OF_FIRST = 4;

    /** Up to this number of vectors, comparing all is cheaper than hashing. */
    private static final int FEW = 256;

    private static final int ALL_SIGNS = Sketcher.SIGNS * Long.SIZE;
    private static final int FEWEST_BITS = Sketcher.PEAK_BITS;
    /** The numbers of bits, each for up to eight times as many vectors as the previous one. */
    private static final int[] BITS = {
        FEWEST_BITS, FEWEST_BITS + Sketcher.SMALL_BITS, FEWEST_BITS + Sketcher.MIDDLE_BITS, 2 * FEWEST_BITS
    };
    /** The number of tables for each number of bits. With more bits, vectors share a bucket less often. */
    private static final int[] TABLES = {20, 36, 56, 72};

    private static final int FEWEST_ENOUGH = 1 << 12;

    private final VectorRows rows;
    private final int bits;
    private final int tables;
    private final int limit;
    private final int limitOfFirst;
    /** The buckets of all tables, table by table. */
    private final RowLists buckets;

    private int size;

    /** The rows that the last search found. */
    private int[] found = new int[16];

    private int count;
    /** The first blocks of the searched buckets. */
    private final int[] blocks;

    private int[] candidates = new int[256];
    /** By row: the number of the search that last found it. */
    private int[] foundBy = {};

    private int search;

    /**
     * Creates an empty index.
     *
     * @param bits the number of bits that select a bucket, from {@link #bitsFor}
     * @param cosine the minimum relevant cosine; less similar rows are less often related
     */
    public RelatedRows(VectorRows rows, int bits, double cosine) {
        this.rows = rows;
        this.bits = bits;
        tables = bits == 0 ? 1 : TABLES[Arrays.binarySearch(BITS, bits)];
        limit = bits == 0 ? ALL_SIGNS : signsOf(cosine, ALL_SIGNS, TOLERANCE);
        limitOfFirst = bits == 0 ? Long.SIZE : signsOf(cosine, Long.SIZE, TOLERANCE_OF_FIRST);
        buckets = new RowLists(tables << bits);
        blocks = new int[tables];
    }

    /**
     * Returns the number of signs in which, with very high probability, two of a number of vectors differ at most if their
     * cosine is at least the given one.
     */
    public static int limit(double cosine, int vectors) {
        return vectors <= FEW ? ALL_SIGNS : signsOf(cosine, ALL_SIGNS, TOLERANCE);
    }

    private static int signsOf(double cosine, int signs, double tolerance) {
        double expected = Math.acos(cosine) / Math.PI;
        return (int) Math.ceil(signs * expected + tolerance * Math.sqrt(signs * expected * (1 - expected)));
    }

    /** Returns the number of bits for a number of vectors; 0 if comparing all is cheaper than an index. */
    public static int bitsFor(int vectors) {
        if (vectors <= FEW) {
            return 0;
        }
        int level = 0;
        for (long most = FEWEST_ENOUGH; vectors > most && level < BITS.length - 1; most *= 8) {
            level++;
        }
        return BITS[level];
    }

    /** Returns the number of bits that select a bucket. */
    public int bits() {
        return bits;
    }

    /** Returns the number of rows. */
    public int size() {
        return size;
    }

    /** Adds a row. */
    public void add(int row) {
        for (int table = 0; table < tables; table++) {
            buckets.add(bucket(row, table), row);
        }
        size++;
    }

    /** Removes a row, which must be in the index. */
    public void remove(int row) {
        for (int table = 0; table < tables; table++) {
            buckets.remove(bucket(row, table), row);
        }
        size--;
    }

    private int bucket(int row, int table) {
        if (bits == 0) {
            return 0;
        }
        int peak = table % Sketcher.PEAKS;
        int bucket = table << bits | rows.peak(row, peak, FEWEST_BITS);
        if (bits > FEWEST_BITS) {
            // Tables share peaks, but no two tables share the same pair.
            int other = (peak + 1 + 2 * (table / Sketcher.PEAKS)) % Sketcher.PEAKS;
            bucket |= rows.peak(row, other, bits - FEWEST_BITS) << FEWEST_BITS;
        }
        return bucket;
    }

    /**
     * Finds the rows of this index that are related to a row. The row itself, which may be staged, is not found.
     *
     * @return the number of found rows; {@link #found} returns them until the next search
     */
    public int find(int row) {
        if (foundBy.length < rows.bound()) {
            foundBy = Arrays.copyOf(foundBy, Math.max(rows.bound(), 2 * foundBy.length));
        }
        search++;
        foundBy[row] = search;
        count = 0;
        if (size == 0) {
            return 0;
        }
        int close = keepClose(row, collect(row));
        for (int i = 0; i < close; i++) {
            int other = candidates[i];
            if (foundBy[other] != search && rows.distance(row, other) <= limit) {
                foundBy[other] = search;
                if (count == found.length) {
                    found = Arrays.copyOf(found, 2 * count);
                }
                found[count++] = other;
            }
        }
        return count;
    }

    /**
     * Writes the rows of all buckets of a row to the candidates, and returns their number. A row can occur several times.
     * The starts of all buckets, which are not cached, are read first: without a branch in between, the processor waits for
     * many of them at once.
     */
    private int collect(int row) {
        for (int table = 0; table < tables; table++) {
            blocks[table] = buckets.first(bucket(row, table));
        }
        int all = 0;
        for (int table = 0; table < tables; table++) {
            all += buckets.count(blocks[table]);
        }
        reserve(all);
        all = 0;
        for (int table = 0; table < tables; table++) {
            for (int block = blocks[table]; block != 0; block = buckets.next(block)) {
                int more = buckets.count(block);
                reserve(all + more);
                System.arraycopy(buckets.slab(block), buckets.rows(block), candidates, all, more);
                all += more;
            }
        }
        return all;
    }

    private void reserve(int length) {
        if (length > candidates.length) {
            candidates = Arrays.copyOf(candidates, 2 * length);
        }
    }

    /** Keeps only the candidates with similar first signs, and returns their number. Branchless, for the same reason. */
    private int keepClose(int row, int all) {
        int[] rowsToCheck = candidates;
        long[] firstSigns = rows.firstSigns();
        long signs = firstSigns[row];
        int bound = limitOfFirst + 1;
        int close = 0;
        for (int i = 0; i < all; i++) {
            int other = rowsToCheck[i];
            rowsToCheck[close] = other;
            close += (Long.bitCount(signs ^ firstSigns[other]) - bound) >>> 31; // 1 if the difference is negative
        }
        return close;
    }

    /** Returns an array that starts with the rows of the last search, as many as it returned. */
    public int[] found() {
        return found;
    }

    /** Returns whether two rows are related. */
    public boolean related(int a, int b) {
        if (Long.bitCount(rows.firstSigns()[a] ^ rows.firstSigns()[b]) > limitOfFirst || rows.distance(a, b) > limit) {
            return false;
        }
        for (int table = 0; table < tables; table++) {
            if (bucket(a, table) == bucket(b, table)) {
                return true;
            }
        }
        return false;
    }
}
