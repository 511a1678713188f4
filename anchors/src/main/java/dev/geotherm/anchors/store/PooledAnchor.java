package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.HyperplaneIndex.Entry;
import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.streaming.Fragment;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * An anchor of the memory store: reinforced and decayed by its rules, and linked to the index and the tracked state.
 *
 * <p>Guarded by the store's lock between acquire and release.
 */
final class PooledAnchor extends MutableAnchor {
    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();
    private static final double NANOS_PER_DAY = Duration.ofDays(1).toNanos();

    /** The first embedding. */
    private final float[] origin;
    /** Its index entry, the same in all lives, because the embedding's array stays the same. */
    private final Entry<PooledAnchor> entry;

    /** The time of the last decay. */
    private Instant decayedAt = Instant.EPOCH;
    /** Whether the embedding is all zeros: the index holds no such anchor. */
    private boolean zero;
    /** The number of utterances in the tracked state, or -1 if the anchor is not in it yet. */
    int shown = -1;

    private PooledAnchor(int dimension) {
        super(dimension);
        origin = new float[dimension];
        entry = new Entry<>(this, embedding());
    }

    /** Returns an allocator of anchors for embeddings of exactly the given length. */
    static Allocator<PooledAnchor> allocatorOf(int dimension) {
        return allocator(() -> new PooledAnchor(dimension));
    }

    boolean isZero() {
        return zero;
    }

    Entry<PooledAnchor> entry() {
        return entry;
    }

    @Override
    void clear() {
        super.clear();
        Arrays.fill(origin, 0);
        entry.forget();
        decayedAt = Instant.EPOCH;
        zero = false;
        shown = -1;
    }

    @Override
    long sizeInBytes() {
        return super.sizeInBytes() + 24 + 16 + 4L * origin.length + Entry.BYTES;
    }

    void begin(
            AnchorId newId,
            Fragment<String> fragment,
            String scrubbed,
            float[] unit,
            Instant now,
            MemoryAnchorsSettings settings) {
        begin(newId, scrubbed, unit, settings.initialHeat(), now, fragment.metadata());
        System.arraycopy(unit, 0, origin, 0, unit.length);
        zero = VectorMath.isZero(unit);
        decayedAt = now;
        keepUtterance(fragment.id(), settings);
    }

    void reinforce(String utterance, float[] unit, double similarity, Instant now, MemoryAnchorsSettings settings) {
        heat(Math.min(1, heat() + settings.heatStep()));
        reinforced(now, utterance, similarity, settings.keepHistory());
        keepUtterance(utterance, settings);
        move(unit, settings.embeddingWeight());
    }

    private void keepUtterance(String utterance, MemoryAnchorsSettings settings) {
        if (utterances().size() < settings.keepUtterances()) {
            addUtterance(utterance);
        }
    }

    private void move(float[] unit, double weight) {
        float[] embedding = embedding();
        if (weight == 0 || Arrays.equals(embedding, unit)) {
            return; // no move, no rounding
        }
        for (int i = 0; i < unit.length; i++) {
            embedding[i] = (float) ((1 - weight) * embedding[i] + weight * unit[i]);
        }
        VectorMath.normalize(embedding);
        drift(1 - VectorMath.cosine(embedding, origin));
    }

    /** Lowers the heat for the time since the last decay; returns whether it changed. */
    boolean decay(Instant now, MemoryAnchorsSettings settings) {
        if (!now.isAfter(decayedAt)) {
            return false;
        }
        double days = (now.getEpochSecond() - decayedAt.getEpochSecond()) / SECONDS_PER_DAY
                + (now.getNano() - decayedAt.getNano()) / NANOS_PER_DAY;
        decayedAt = now;
        double lowered = heat() * Math.max(settings.decayFloor(), Math.pow(settings.decayRate(), days));
        boolean changes = lowered != heat();
        heat(lowered);
        return changes;
    }
}
