package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Provenance;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.PoolableObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reusable anchor of the memory store, with the data aggregated from its passages. The graph lists the passages.
 *
 * <p>All data is a function of the set of passages: the sum of their vectors is exact, because its summands are integers,
 * and the heat is computed in the order of time. Data that an added passage does not update is computed from all passages by
 * the next {@link #settle}.
 *
 * <p>Guarded by the store's lock between acquire and release.
 */
final class PooledAnchor extends PoolableObject {
    /** The scale of the integers in sums: 2^40 keeps all significant bits of a float, and 2^22 summands fit a long. */
    private static final double SCALE = 1L << 40;

    private static final double NANOS_PER_DAY = Duration.ofDays(1).toNanos();
    private static final int KEPT_UTTERANCES = 128;
    private static final int FIRST_UTTERANCES = 4;
    /** The size of the object (header, slot, references, numbers) and its list. */
    private static final long OWN_BYTES = 112 + 24;

    private @Nullable AnchorId id;
    private @Nullable StoredPassage leader;
    private int passages;
    private int vectors;
    /** The sum of the passages' vectors; only for an anchor with two or more distinct vectors. */
    private long[] sums = {};

    private boolean summed;
    /** The first passage ids, sorted, at most as many as the settings keep. */
    private ArrayList<String> utterances = new ArrayList<>(FIRST_UTTERANCES);

    private boolean utterancesStale;
    private boolean timesStale;
    private long firstSeen;
    private long lastSeen;
    /** The heat at the time of the latest passage. */
    private double heat;

    /** The time after which the anchor is old or cold. */
    long expiry;
    /** The index in the expiry queue, or -1. */
    int queueIndex = -1;
    /** The index among all anchors. */
    int index = -1;
    /** Whether the anchor waits for {@link #settle}. */
    boolean unsettled;
    /** The revision of the tracked state that last changed the anchor, apart from its heat. */
    long revision;
    /** The heat at the last change or decay. */
    double notedHeat;
    /** Whether the tracked state contains the anchor. */
    boolean shown;

    private PooledAnchor() {}

    static Allocator<PooledAnchor> allocator() {
        return new Allocator<>() {
            @Override
            public PooledAnchor allocate() {
                return new PooledAnchor();
            }

            @Override
            public void reset(PooledAnchor anchor) {
                anchor.clear();
            }

            @Override
            public long sizeInBytes(PooledAnchor anchor) {
                return anchor.sizeInBytes();
            }
        };
    }

    /** Starts a life, initially without passages. */
    void begin(StoredPassage newLeader) {
        leader = newLeader;
        id = newLeader.anchorId();
    }

    /** Ends a life: empties the anchor, but keeps arrays and collections that are not large. */
    void clear() {
        id = null;
        leader = null;
        passages = 0;
        vectors = 0;
        summed = false;
        Arrays.fill(sums, 0);
        if (utterances.size() > KEPT_UTTERANCES) {
            utterances = new ArrayList<>(FIRST_UTTERANCES);
        } else {
            utterances.clear();
        }
        utterancesStale = false;
        timesStale = false;
        firstSeen = 0;
        lastSeen = 0;
        heat = 0;
        expiry = 0;
        queueIndex = -1;
        index = -1;
        unsettled = false;
        revision = 0;
        notedHeat = 0;
        shown = false;
    }

    boolean isEmpty() {
        return id == null;
    }

    AnchorId id() {
        if (id == null) {
            throw new IllegalStateException("the anchor is empty");
        }
        return id;
    }

    StoredPassage leader() {
        if (leader == null) {
            throw new IllegalStateException("the anchor is empty");
        }
        return leader;
    }

    /** Replaces the leader with the same passage with another text. */
    void leader(StoredPassage replacement) {
        leader = replacement;
    }

    long firstSeen() {
        return firstSeen;
    }

    long lastSeen() {
        return lastSeen;
    }

    long updates() {
        return passages - 1L;
    }

    List<String> utterances() {
        return utterances;
    }

    /** Adds all passages of a row. */
    void addRow(AnchorGraph graph, int row, MemoryAnchorsSettings settings) {
        vectors++;
        for (StoredPassage each = graph.head(row); each != null; each = each.next) {
            add(graph, each, settings);
        }
    }

    /** Removes all passages of a row. */
    void removeRow(AnchorGraph graph, int row) {
        for (StoredPassage each = graph.head(row); each != null; each = each.next) {
            remove(graph, each);
        }
        vectors--;
        summed &= vectors > 1;
    }

    void add(AnchorGraph graph, StoredPassage passage, MemoryAnchorsSettings settings) {
        passages++;
        if (summed) {
            sum(graph, passage.row, 1);
        }
        if (passages == 1) {
            firstSeen = passage.at;
            lastSeen = passage.at;
            heat = settings.initialHeat();
        } else if (passage.at >= lastSeen) {
            heat = Math.min(1, heat(passage.at, settings) + settings.heatStep());
            lastSeen = passage.at;
        } else {
            timesStale = true;
        }
        addUtterance(passage.id, settings.keepUtterances());
    }

    void remove(AnchorGraph graph, StoredPassage passage) {
        passages--;
        timesStale = true;
        if (summed) {
            sum(graph, passage.row, -1);
        }
        int at = Collections.binarySearch(utterances, passage.id);
        if (at >= 0) {
            utterances.remove(at);
            utterancesStale |= utterances.size() < passages;
        }
    }

    private void addUtterance(String utterance, int keep) {
        if (keep > 0 && (utterances.size() < keep || utterance.compareTo(utterances.get(keep - 1)) < 0)) {
            int at = Collections.binarySearch(utterances, utterance);
            utterances.add(-at - 1, utterance);
            if (utterances.size() > keep) {
                utterances.remove(keep);
            }
        }
    }

    private void sum(AnchorGraph graph, int row, int times) {
        float[] slab = graph.rows.slab(row);
        int offset = graph.rows.offset(row);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += times * (long) Math.rint(slab[offset + i] * SCALE);
        }
    }

    /** Makes the next {@link #settle} recompute everything, after a change of the settings. */
    void invalidate() {
        timesStale = true;
        utterancesStale = true;
    }

    /** Computes the data that the last changes left open, and the expiry. */
    void settle(AnchorGraph graph, MemoryAnchorsSettings settings) {
        if (timesStale || utterancesStale) {
            StoredPassage[] all = passages(graph);
            if (utterancesStale) {
                utterances.clear();
                Arrays.sort(all, Comparator.comparing(passage -> passage.id));
                for (int i = 0; i < Math.min(all.length, settings.keepUtterances()); i++) {
                    utterances.add(all[i].id);
                }
            }
            if (timesStale) {
                computeHeat(all, settings);
            }
            timesStale = false;
            utterancesStale = false;
        }
        notedHeat = heat;
        long old = plus(firstSeen, settings.maxAge());
        expiry = Math.min(old, coldAfter(settings));
    }

    private void computeHeat(StoredPassage[] all, MemoryAnchorsSettings settings) {
        long[] times = new long[all.length];
        for (int i = 0; i < all.length; i++) {
            times[i] = all[i].at;
        }
        Arrays.sort(times);
        firstSeen = times[0];
        lastSeen = times[0];
        heat = settings.initialHeat();
        for (int i = 1; i < times.length; i++) {
            heat = Math.min(1, heat(times[i], settings) + settings.heatStep());
            lastSeen = times[i];
        }
    }

    /** Returns the passages, in no order. */
    StoredPassage[] passages(AnchorGraph graph) {
        StoredPassage[] all = new StoredPassage[passages];
        int count = 0;
        int first = leader().row;
        int row = first;
        do {
            for (StoredPassage each = graph.head(row); each != null; each = each.next) {
                all[count++] = each;
            }
            row = graph.next(row);
        } while (row != first);
        return all;
    }

    private static long plus(long time, Duration duration) {
        boolean fits = duration.toSeconds() < Long.MAX_VALUE / 1_000_000_000L - 1;
        long sum = fits ? time + duration.toNanos() : Long.MAX_VALUE;
        return sum < time ? Long.MAX_VALUE : sum;
    }

    /** Returns the time after which the heat is below the eviction heat. */
    private long coldAfter(MemoryAnchorsSettings settings) {
        if (heat < settings.evictionHeat()) {
            return Long.MIN_VALUE;
        }
        if (settings.evictionHeat() == 0 || settings.decayRate() == 1) {
            return Long.MAX_VALUE;
        }
        double days = Math.log(settings.evictionHeat() / heat) / Math.log(settings.decayRate());
        long after = lastSeen + (long) Math.floor(days * NANOS_PER_DAY);
        return after < lastSeen ? Long.MAX_VALUE : after;
    }

    /** Returns the heat at a time, which must not be before the latest passage. */
    double heat(long now, MemoryAnchorsSettings settings) {
        double days = Math.max(0, now - lastSeen) / NANOS_PER_DAY;
        return days == 0 ? heat : heat * Math.pow(settings.decayRate(), days);
    }

    /** Returns the normalised mean of the passages' vectors; the leader's vector if all are equal. */
    float[] embedding(AnchorGraph graph) {
        if (vectors == 1) {
            return graph.rows.copy(leader().row);
        }
        if (!summed) {
            int dimension = graph.rows.dimension();
            sums = sums.length == dimension ? sums : new long[dimension];
            Arrays.fill(sums, 0);
            summed = true;
            for (StoredPassage each : passages(graph)) {
                sum(graph, each.row, 1);
            }
        }
        double squares = 0;
        for (long sum : sums) {
            squares += (double) sum * sum;
        }
        double length = Math.sqrt(squares);
        float[] mean = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            mean[i] = (float) (sums[i] / length);
        }
        return mean;
    }

    /** Returns the distance of the embedding from the leader's vector. */
    double drift(AnchorGraph graph) {
        return vectors == 1 ? 0 : drift(graph, embedding(graph));
    }

    private double drift(AnchorGraph graph, float[] embedding) {
        if (vectors == 1) {
            return 0;
        }
        int row = leader().row;
        float dot = VectorMath.dot(embedding, 0, graph.rows.slab(row), graph.rows.offset(row), embedding.length);
        return 1 - Math.max(-1, Math.min(1, dot));
    }

    Anchor copy(AnchorGraph graph, long now, MemoryAnchorsSettings settings) {
        float[] embedding = embedding(graph);
        Provenance provenance = new Provenance(
                EpochNanos.toInstant(firstSeen),
                EpochNanos.toInstant(lastSeen),
                utterances,
                updates(),
                ReinforcementHistory.last(this, graph, settings.keepHistory()),
                leader().context);
        return new Anchor(id(), leader().text, embedding, heat(now, settings), drift(graph, embedding), provenance);
    }

    /** Returns the form of the anchor in the tracked state. */
    ShownAnchor show(AnchorGraph graph, MemoryAnchorsSettings settings) {
        float[] embedding = vectors > 1 || settings.trackEmbeddings() ? embedding(graph) : null;
        return new ShownAnchor(
                id(),
                leader().text,
                notedHeat,
                embedding == null ? 0 : drift(graph, embedding),
                firstSeen,
                lastSeen,
                updates(),
                List.copyOf(utterances),
                settings.trackEmbeddings() ? embedding : null);
    }

    /** Returns the size with arrays and list, on a 64-bit JVM with compressed references. */
    private long sizeInBytes() {
        return OWN_BYTES
                + (16 + 4L * Math.max(FIRST_UTTERANCES, utterances.size()) + 7) / 8 * 8
                + (sums.length == 0 ? 0 : 16 + 8L * sums.length);
    }
}
