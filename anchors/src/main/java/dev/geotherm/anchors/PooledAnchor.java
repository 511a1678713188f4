package dev.geotherm.anchors;

import dev.geotherm.anchors.HyperplaneIndex.Entry;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Provenance;
import dev.geotherm.api.anchor.Provenance.Reinforcement;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.streaming.Fragment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An anchor that changes, and that serves again as another one after its eviction: its arrays and collections stay.
 *
 * <p>Guarded by its store's lock between acquisition and release.
 */
final class PooledAnchor {
    private static final AnchorId NONE = new AnchorId("none");
    private static final double NANOS_PER_DAY = Duration.ofDays(1).toNanos();

    final float[] embedding;
    final float[] origin;
    final List<String> utterances = new ArrayList<>();
    final ArrayDeque<Reinforcement> history = new ArrayDeque<>();
    AnchorId id = NONE;
    String text = "";
    Map<String, String> context = Map.of();
    double heat;
    double drift;
    Instant firstSeen = Instant.EPOCH;
    Instant lastSeen = Instant.EPOCH;
    Instant loweredAt = Instant.EPOCH;
    long updates;
    /** Whether the embedding is all zeros, which is in no index. */
    boolean zero;
    /** Its place in the index, if it has one. */
    @Nullable
    Entry<PooledAnchor> entry;
    /** How many utterances the tracked state shows, or -1 while it does not show the anchor. */
    int shown = -1;

    private PooledAnchor(int dimension) {
        embedding = new float[dimension];
        origin = new float[dimension];
    }

    /** Returns what makes anchors for embeddings of the given length. */
    static Allocator<PooledAnchor> allocator(int dimension) {
        return new Allocator<>() {
            @Override
            public PooledAnchor allocate() {
                return new PooledAnchor(dimension);
            }

            @Override
            public void reset(PooledAnchor anchor) {
                anchor.clear();
            }

            @Override
            public long sizeInBytes(PooledAnchor anchor) {
                return 2L * (16 + 4L * dimension) + 300; // two arrays; the object and its collections while empty
            }
        };
    }

    private void clear() {
        Arrays.fill(embedding, 0);
        Arrays.fill(origin, 0);
        utterances.clear();
        history.clear();
        id = NONE;
        text = "";
        context = Map.of();
        heat = 0;
        drift = 0;
        firstSeen = Instant.EPOCH;
        lastSeen = Instant.EPOCH;
        loweredAt = Instant.EPOCH;
        updates = 0;
        zero = false;
        entry = null;
        shown = -1;
    }

    void begin(
            AnchorId newId,
            Fragment<String> fragment,
            String scrubbed,
            float[] unit,
            Instant now,
            MemoryAnchorsSettings settings) {
        id = newId;
        text = scrubbed;
        context = fragment.metadata();
        System.arraycopy(unit, 0, embedding, 0, unit.length);
        System.arraycopy(unit, 0, origin, 0, unit.length);
        zero = Vectors.isZero(unit);
        heat = settings.initialHeat();
        firstSeen = now;
        lastSeen = now;
        loweredAt = now;
        keepUtterance(fragment.id(), settings);
    }

    void reinforce(String utterance, float[] unit, double similarity, Instant now, MemoryAnchorsSettings settings) {
        heat = Math.min(1, heat + settings.heatStep());
        lastSeen = now;
        updates++;
        keepUtterance(utterance, settings);
        history.addLast(new Reinforcement(now, utterance, similarity));
        while (history.size() > settings.keepHistory()) {
            history.removeFirst();
        }
        move(unit, settings.embeddingWeight());
    }

    private void keepUtterance(String utterance, MemoryAnchorsSettings settings) {
        if (utterances.size() < settings.keepUtterances()) {
            utterances.add(utterance);
        }
    }

    private void move(float[] unit, double weight) {
        if (weight == 0 || Arrays.equals(embedding, unit)) {
            return; // no rounding where nothing moves
        }
        for (int i = 0; i < unit.length; i++) {
            embedding[i] = (float) ((1 - weight) * embedding[i] + weight * unit[i]);
        }
        Vectors.normalize(embedding);
        drift = 1 - Vectors.cosine(embedding, origin);
    }

    /** Lowers the heat by the time since it was lowered last; returns whether it changed. */
    boolean decay(Instant now, MemoryAnchorsSettings settings) {
        if (!now.isAfter(loweredAt)) {
            return false;
        }
        Duration time = Duration.between(loweredAt, now);
        loweredAt = now;
        double days = (time.getSeconds() * 1e9 + time.getNano()) / NANOS_PER_DAY;
        double lowered = heat * Math.max(settings.decayFloor(), Math.pow(settings.decayRate(), days));
        boolean changes = lowered != heat;
        heat = lowered;
        return changes;
    }

    Anchor copy() {
        return new Anchor(
                id,
                text,
                embedding.clone(),
                heat,
                drift,
                new Provenance(firstSeen, lastSeen, utterances, updates, List.copyOf(history), context));
    }
}
