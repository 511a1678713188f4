package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.VectorMath;

import dev.geotherm.anchors.vector.HyperplaneIndex.Entry;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.streaming.Fragment;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * An anchor of a store: one that moves and cools, and has a place in the index and in the tracked state.
 *
 * <p>Guarded by its store's lock between acquisition and release.
 */
final class PooledAnchor extends MutableAnchor {
    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();
    private static final double NANOS_PER_DAY = Duration.ofDays(1).toNanos();

    /** Where the embedding began. */
    private final float[] origin;
    /** Its place in the index, of all lives: the array in which its embedding is stays as well. */
    private final Entry<PooledAnchor> entry;

    private Instant loweredAt = Instant.EPOCH;
    /** Whether the embedding is all zeros, which is in no index. */
    private boolean zero;
    /** How many utterances the tracked state shows, or -1 while it does not show the anchor. */
    int shown = -1;

    private PooledAnchor(int dimension) {
        super(dimension);
        origin = new float[dimension];
        entry = new Entry<>(this, embedding());
    }

    /** Returns what makes anchors for embeddings of the given length, and of no other. */
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
    public void clear() {
        super.clear();
        Arrays.fill(origin, 0);
        entry.forget();
        loweredAt = Instant.EPOCH;
        zero = false;
        shown = -1;
    }

    @Override
    public long sizeInBytes() {
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
        loweredAt = now;
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
            return; // no rounding where nothing moves
        }
        for (int i = 0; i < unit.length; i++) {
            embedding[i] = (float) ((1 - weight) * embedding[i] + weight * unit[i]);
        }
        VectorMath.normalize(embedding);
        drift(1 - VectorMath.cosine(embedding, origin));
    }

    /** Lowers the heat by the time since it was lowered last; returns whether it changed. */
    boolean decay(Instant now, MemoryAnchorsSettings settings) {
        if (!now.isAfter(loweredAt)) {
            return false;
        }
        double days = (now.getEpochSecond() - loweredAt.getEpochSecond()) / SECONDS_PER_DAY
                + (now.getNano() - loweredAt.getNano()) / NANOS_PER_DAY;
        loweredAt = now;
        double lowered = heat() * Math.max(settings.decayFloor(), Math.pow(settings.decayRate(), days));
        boolean changes = lowered != heat();
        heat(lowered);
        return changes;
    }
}
