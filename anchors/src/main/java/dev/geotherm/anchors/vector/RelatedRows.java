package dev.geotherm.anchors.vector;

import java.util.Arrays;

/**
 * An index of rows that finds those related to a given one without visiting all.
 *
 * <p>In each table, some signs of a row's sketch select its bucket. Two rows are related if their buckets in one of the
 * tables differ in at most one sign, and all their signs in few. The relation is symmetric, and depends only on the two
 * vectors, the lowest cosine that matters, and the number of signs that select a bucket; with none, all rows are related.
 * Equal vectors are always related. All-zero vectors do not belong in an index.
 *
 * <p>Not thread-safe.
 */
public final class RelatedRows {
    private static final int[] EMPTY = {0};
    /** Standard deviations by which the signs of a pair may differ more than expected. */
    private static final double TOLERANCE = 4.5;

    /** Up to this number of vectors, comparing all is cheaper than hashing. */
    private static final int FEW = 256;

    private static final int ALL_SIGNS = Sketcher.SIGNS * Long.SIZE;
    private static final int TABLES = 16;
    private static final int FEWEST_BITS = 10;
    /** The most signs that select a bucket; each table has its own. */
    private static final int MOST_BITS = 22;

    private final VectorRows rows;
    private final int bits;
    private final int tables;
    private final int limit;
    /** The buckets of each table, table after table; the first element of a bucket is the number of its rows. */
    private final int[][] buckets;

    private int size;

    /** The rows found last. */
    private int[] found = new int[16];

    private int count;
    /** By row, the number of the search that found it last. */
    private int[] foundBy = {};

    private int search;

    /**
     * Creates an empty index.
     *
     * @param bits the number of bits that select a bucket, from {@link #bitsFor}
     * @param cosine the lowest cosine that matters: fewer of the less similar rows are related
     */
    public RelatedRows(VectorRows rows, int bits, double cosine) {
        this.rows = rows;
        this.bits = bits;
        tables = bits == 0 ? 1 : TABLES;
        limit = bits == 0 ? ALL_SIGNS : signsOf(cosine);
        buckets = new int[tables << bits][];
        Arrays.fill(buckets, EMPTY);
    }

    /**
     * Returns the number of signs in which two of a number of vectors can differ if their cosine is at least the given one;
     * hardly ever more.
     */
    public static int limit(double cosine, int vectors) {
        return vectors <= FEW ? ALL_SIGNS : signsOf(cosine);
    }

    private static int signsOf(double cosine) {
        double expected = Math.acos(cosine) / Math.PI;
        return (int) Math.ceil(ALL_SIGNS * expected + TOLERANCE * Math.sqrt(ALL_SIGNS * expected * (1 - expected)));
    }

    /** Returns the number of bits for a number of vectors; 0 if comparing all is cheaper than an index. */
    public static int bitsFor(int vectors) {
        if (vectors <= FEW) {
            return 0;
        }
        int bits = FEWEST_BITS;
        for (long most = 8 * FEW; vectors > most && bits + 2 <= MOST_BITS; most *= 8) {
            bits += 2;
        }
        return bits;
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
            int place = bucket(row, table);
            int[] bucket = buckets[place];
            int count = bucket[0];
            if (count + 1 == bucket.length) {
                bucket = Arrays.copyOf(bucket, Math.max(4, bucket.length + bucket.length / 2));
                buckets[place] = bucket;
            }
            bucket[count + 1] = row;
            bucket[0] = count + 1;
        }
        size++;
    }

    /** Removes a row, which must be in the index. */
    public void remove(int row) {
        for (int table = 0; table < tables; table++) {
            int place = bucket(row, table);
            int[] bucket = buckets[place];
            int count = bucket[0];
            int at = 1;
            while (bucket[at] != row) {
                at++;
            }
            bucket[at] = bucket[count];
            bucket[0] = count - 1;
            if (count == 1) {
                buckets[place] = EMPTY;
            }
        }
        size--;
    }

    private int bucket(int row, int table) {
        return bits == 0 ? 0 : (table << bits) | rows.signs(row, table * (ALL_SIGNS / TABLES), bits);
    }

    /**
     * Finds the rows of this index that are related to a row, which may be staged, and is not found itself.
     *
     * @return their number; {@link #found} returns them until the next search
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
        for (int table = 0; table < tables; table++) {
            int home = bucket(row, table);
            visit(row, buckets[home]);
            for (int bit = 0; bit < bits; bit++) {
                visit(row, buckets[home ^ (1 << bit)]);
            }
        }
        return count;
    }

    private void visit(int row, int[] bucket) {
        for (int i = 1, last = bucket[0]; i <= last; i++) {
            int other = bucket[i];
            if (rows.distance(row, other) <= limit && foundBy[other] != search) {
                foundBy[other] = search;
                if (count == found.length) {
                    found = Arrays.copyOf(found, 2 * count);
                }
                found[count++] = other;
            }
        }
    }

    /** Returns the rows that the last search found; only the first ones, as many as it returned. */
    public int[] found() {
        return found;
    }

    /** Returns whether two rows are related. */
    public boolean related(int a, int b) {
        if (rows.distance(a, b) > limit) {
            return false;
        }
        for (int table = 0; table < tables; table++) {
            if (Integer.bitCount(bucket(a, table) ^ bucket(b, table)) <= 1) {
                return true;
            }
        }
        return false;
    }
}
