package dev.geotherm.anchors.vector;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An approximate index of unit vectors: finds the vectors near a given one without comparing all of them.
 *
 * <p>Locality-sensitive hashing by random hyperplanes (Charikar, Similarity Estimation Techniques from Rounding
 * Algorithms, STOC 2002): in each table, the signs of a vector's projections select its bucket. A lookup visits the
 * vector's own bucket in each table and those that it missed most narrowly (Lv et al., Multi-Probe LSH, VLDB 2007). Equal
 * vectors share every bucket, so they always find each other. The hyperplanes come from a fixed seed: the same calls give
 * the same results in every process.
 *
 * <p>Vectors can be moved and removed, and leave nothing behind; the number of buckets is bounded. Not thread-safe.
 *
 * @param <T> the owners of the vectors
 */
public final class HyperplaneIndex<T> {
    /** The lowest cosine at which a lookup misses hardly any vector; see the decision page on the index. */
    public static final double RELIABLE = 0.8;

    static final int BITS = 13;
    static final int TABLES = 7;
    static final int PROBES = 16;
    /** Up to this number of vectors, comparing all is cheaper than hashing. */
    static final int FEW = 256;

    private static final int FLIPPED = 6;
    private static final long SEED = 0x67656f746865726dL;

    private final float[][] planes;
    private final Map<Integer, List<Entry<T>>> buckets = new HashMap<>();
    private final List<Entry<T>> entries = new ArrayList<>();
    private final float[] projections = new float[TABLES * BITS];
    private final ProbeSequence probes = new ProbeSequence(FLIPPED, PROBES);
    private int visit;

    /** Creates an empty index for vectors of the given length. */
    public HyperplaneIndex(int dimension) {
        Random random = new Random(SEED);
        planes = new float[TABLES * BITS][dimension];
        for (float[] plane : planes) {
            for (int i = 0; i < dimension; i++) {
                plane[i] = (float) random.nextGaussian();
            }
        }
    }

    /** A vector and its owner; in at most one index at a time. */
    public static final class Entry<T> {
        /** Its size in bytes with its arrays, without its vector. */
        public static final long BYTES = 40 + 2 * (16 + 4 * TABLES + 4);

        private final T of;
        private final float[] vector;
        private final int[] bucketOf = new int[TABLES];
        private final int[] slots = new int[TABLES];
        private int place;
        private int visited;

        /** Creates an entry that keeps the array; call {@link #moved} after you change its numbers. */
        public Entry(T of, float[] vector) {
            this.of = of;
            this.vector = vector;
        }

        /** Returns the owner of the vector. */
        public T of() {
            return of;
        }

        /** Returns the array of the vector. */
        public float[] vector() {
            return vector;
        }

        /** Returns its number among the entries of its index, from 0. */
        public int place() {
            return place;
        }

        /** Resets the entry; it must not be in an index. */
        public void forget() {
            Arrays.fill(bucketOf, 0);
            Arrays.fill(slots, 0);
            place = 0;
            visited = 0;
        }
    }

    /** Returns the number of entries. */
    public int size() {
        return entries.size();
    }

    /** Returns the number of buckets that are not empty, over all tables. */
    int buckets() {
        return buckets.size();
    }

    /** Returns the entries, in the order of their places. */
    public List<Entry<T>> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** Adds an entry. */
    public void add(Entry<T> entry) {
        entry.place = entries.size();
        entries.add(entry);
        entry.visited = visit;
        project(entry.vector);
        for (int table = 0; table < TABLES; table++) {
            enter(entry, table, bucket(table));
        }
    }

    /** Updates the buckets of an entry after a change of its vector. */
    public void moved(Entry<T> entry) {
        project(entry.vector);
        for (int table = 0; table < TABLES; table++) {
            int bucket = bucket(table);
            if (bucket != entry.bucketOf[table]) {
                leave(entry, table);
                enter(entry, table, bucket);
            }
        }
    }

    /** Removes an entry. */
    public void remove(Entry<T> entry) {
        for (int table = 0; table < TABLES; table++) {
            leave(entry, table);
        }
        Entry<T> last = entries.remove(entries.size() - 1);
        if (last != entry) {
            entries.set(entry.place, last);
            last.place = entry.place;
        }
    }

    /** Passes each entry that may be near the vector to the consumer, once. */
    public void candidates(float[] vector, Consumer<Entry<T>> consumer) {
        if (entries.size() <= FEW) {
            entries.forEach(consumer);
            return;
        }
        project(vector);
        visit++;
        for (int table = 0; table < TABLES; table++) {
            int home = bucket(table);
            probes.set(projections, table * BITS, BITS);
            for (int probe = 0; probe < PROBES; probe++) {
                visit(buckets.get(home ^ probes.flips(probe)), consumer);
            }
        }
    }

    private void visit(@Nullable List<Entry<T>> bucket, Consumer<Entry<T>> consumer) {
        if (bucket == null) {
            return;
        }
        for (Entry<T> entry : bucket) {
            if (entry.visited != visit) {
                entry.visited = visit;
                consumer.accept(entry);
            }
        }
    }

    private void project(float[] vector) {
        for (int i = 0; i < planes.length; i++) {
            projections[i] = VectorMath.dot(planes[i], vector);
        }
    }

    private int bucket(int table) {
        int signs = 0;
        for (int bit = 0; bit < BITS; bit++) {
            if (projections[table * BITS + bit] >= 0) {
                signs |= 1 << bit;
            }
        }
        return (table << BITS) | signs;
    }

    private void enter(Entry<T> entry, int table, int bucket) {
        List<Entry<T>> slots = buckets.computeIfAbsent(bucket, absent -> new ArrayList<>(2));
        entry.bucketOf[table] = bucket;
        entry.slots[table] = slots.size();
        slots.add(entry);
    }

    private void leave(Entry<T> entry, int table) {
        int bucket = entry.bucketOf[table];
        List<Entry<T>> slots = requireNonNull(buckets.get(bucket));
        Entry<T> last = slots.remove(slots.size() - 1);
        if (last != entry) {
            slots.set(entry.slots[table], last);
            last.slots[table] = entry.slots[table];
        }
        if (slots.isEmpty()) {
            buckets.remove(bucket);
        }
    }
}
