package dev.geotherm.anchors.store;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Provenance;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.PoolableObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A reusable anchor, for a pool: filled by {@link #begin}, changed, emptied by {@link #clear}, and filled again.
 *
 * <p>It keeps its arrays and collections between lives: once they have grown to the size that its lives need, {@link
 * #begin}, {@link #addUtterance} and {@link #reinforced} allocate nothing. Texts, ids and the context are references to
 * the caller's objects. An embedding of any length reuses the array if it fits. So that one large life does not occupy
 * memory permanently, {@link #clear} drops collections and arrays larger than 128 utterances, 128 reinforcements, or
 * the greater of 16,384 numbers and the length that the anchor was made for.
 *
 * <p>After {@link #clear}, which the pool calls at each release, nothing of the last life is reachable from the anchor,
 * and objects returned by its getters, except for {@link #copy}, must no longer be used.
 *
 * <p>Not thread-safe. Methods that need a life throw {@link IllegalStateException} on an empty anchor.
 */
class MutableAnchor extends PoolableObject {
    private static final int KEPT_UTTERANCES = 128;
    private static final int KEPT_NUMBERS = 16_384;
    private static final int FIRST_UTTERANCES = 8;

    /** The object itself (header, slot, nine references and lengths, five wide numbers), the list and its view. */
    private static final long OWN_BYTES = 96 + 24 + 24;

    private final int madeFor;
    private final ReinforcementRing history = new ReinforcementRing();
    private float[] embedding;
    private ArrayList<String> utterances = new ArrayList<>(FIRST_UTTERANCES);
    private List<String> utterancesView = Collections.unmodifiableList(utterances);

    private @Nullable AnchorId id;
    private String text = "";
    private Map<String, String> context = Map.of();
    private int dimension;
    private double heat;
    private double drift;
    private long firstSeen;
    private long lastSeen;
    private long updates;

    /**
     * Creates an empty anchor.
     *
     * @param dimension the usual length of its embeddings; others fit as well
     * @throws IllegalArgumentException if the dimension is negative
     */
    MutableAnchor(int dimension) {
        if (dimension < 0) {
            throw new IllegalArgumentException("the length of an embedding must be at least 0, was " + dimension);
        }
        madeFor = dimension;
        embedding = new float[dimension];
    }

    /** Returns an allocator that makes anchors by the given constructor and clears them at each release. */
    static <A extends MutableAnchor> Allocator<A> allocator(Supplier<A> maker) {
        requireNonNull(maker, "maker");
        return new Allocator<>() {
            @Override
            public A allocate() {
                return maker.get();
            }

            @Override
            public void reset(A anchor) {
                anchor.clear();
            }

            @Override
            public long sizeInBytes(A anchor) {
                return anchor.sizeInBytes();
            }
        };
    }

    /**
     * Starts a life; an earlier one ends.
     *
     * @param newEmbedding copied
     * @param newHeat 0 to 1
     * @param at the time of its creation, in the years 1678 to 2261
     * @param newContext copied unless it is unmodifiable, as {@link Map#copyOf} does
     * @return this anchor
     * @throws IllegalArgumentException if the heat or the time is out of range; nothing changes then
     */
    MutableAnchor begin(
            AnchorId newId,
            String newText,
            float[] newEmbedding,
            double newHeat,
            Instant at,
            Map<String, String> newContext) {
        requireNonNull(newId, "id");
        requireNonNull(newText, "text");
        requireHeat(newHeat);
        long seen = EpochNanos.of(at);
        Map<String, String> kept = Map.copyOf(newContext);
        int length = newEmbedding.length;
        if (id != null) {
            clear();
        }
        if (embedding.length < length) {
            embedding = new float[length];
        }
        System.arraycopy(newEmbedding, 0, embedding, 0, length);
        dimension = length;
        id = newId;
        text = newText;
        context = kept;
        heat = newHeat;
        firstSeen = seen;
        lastSeen = seen;
        return this;
    }

    /** Adds the id of a fragment that created or reinforced this anchor. */
    void addUtterance(String utterance) {
        utterances.add(requireNonNull(utterance, "utterance"));
    }

    /**
     * Counts a reinforcement and adds it to the history.
     *
     * @param keep the number of reinforcements that the history keeps, including this one
     */
    void reinforced(Instant at, String utterance, double similarity, int keep) {
        requireNonNull(utterance, "utterance");
        long seen = EpochNanos.of(at);
        history.add(seen, utterance, similarity, keep);
        lastSeen = seen;
        updates++;
    }

    /** Ends the life: the anchor is empty, but keeps its arrays and collections. */
    void clear() {
        if (embedding.length > Math.max(madeFor, KEPT_NUMBERS)) {
            embedding = new float[madeFor];
        } else {
            Arrays.fill(embedding, 0, dimension, 0);
        }
        if (utterances.size() > KEPT_UTTERANCES) {
            utterances = new ArrayList<>(FIRST_UTTERANCES);
            utterancesView = Collections.unmodifiableList(utterances);
        } else {
            utterances.clear();
        }
        history.clear();
        id = null;
        text = "";
        context = Map.of();
        dimension = 0;
        heat = 0;
        drift = 0;
        firstSeen = 0;
        lastSeen = 0;
        updates = 0;
    }

    /** Returns whether the anchor is empty: new or cleared. */
    final boolean isEmpty() {
        return id == null;
    }

    /** Returns its id. */
    final AnchorId id() {
        if (id == null) {
            throw new IllegalStateException("the anchor is empty: call begin first, and do not use a released anchor");
        }
        return id;
    }

    /** Returns the text that it was created from. */
    final String text() {
        return text;
    }

    /** Returns the length of its embedding. */
    final int dimension() {
        return dimension;
    }

    /**
     * Returns the array of its embedding, for reading and writing: the first {@link #dimension} numbers, then zeros.
     */
    final float[] embedding() {
        return embedding;
    }

    /** Returns its heat. */
    final double heat() {
        return heat;
    }

    /**
     * Sets its heat.
     *
     * @throws IllegalArgumentException if the heat is not from 0 to 1
     */
    final void heat(double newHeat) {
        requireHeat(newHeat);
        heat = newHeat;
    }

    private static void requireHeat(double heat) {
        if (!(heat >= 0 && heat <= 1)) {
            throw new IllegalArgumentException("the heat must be from 0 to 1, was " + heat);
        }
    }

    /** Returns the distance of its embedding from the first one, as set by its owner. */
    final double drift() {
        return drift;
    }

    /** Sets the distance of its embedding from the first one. */
    final void drift(double newDrift) {
        drift = newDrift;
    }

    /** Returns the time of its creation. */
    final Instant firstSeen() {
        return EpochNanos.toInstant(firstSeen);
    }

    /** Returns the time of its creation or last reinforcement. */
    final Instant lastSeen() {
        return EpochNanos.toInstant(lastSeen);
    }

    /** Returns the number of reinforcements. */
    final long updates() {
        return updates;
    }

    /** Returns the ids of its fragments, oldest first; a live view. */
    final List<String> utterances() {
        return utterancesView;
    }

    /** Returns a copy of the history, oldest first. */
    final List<Provenance.Reinforcement> history() {
        return history.toList();
    }

    /** Returns the metadata of the fragment that created it; unmodifiable. */
    final Map<String, String> context() {
        return context;
    }

    /** Returns a snapshot, which shares nothing with the anchor. */
    final Anchor copy() {
        return new Anchor(
                id(),
                text,
                Arrays.copyOf(embedding, dimension),
                heat,
                drift,
                new Provenance(firstSeen(), lastSeen(), utterances, updates, history.toList(), context));
    }

    /**
     * Returns its size with its arrays and collections, without the objects that they refer to, on a 64-bit JVM with
     * compressed references.
     */
    long sizeInBytes() {
        int room = Math.max(FIRST_UTTERANCES, utterances.size());
        return OWN_BYTES + arrayBytes(embedding.length, Float.BYTES) + arrayBytes(room, 4) + history.bytes();
    }

    /** Returns the size of an array in bytes, a multiple of eight. */
    static long arrayBytes(int length, int eachBytes) {
        return (16 + (long) length * eachBytes + 7) / 8 * 8;
    }
}
