package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.Provenance;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Anchor;

import static java.util.Objects.requireNonNull;

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
 * An anchor that is filled, changed, emptied and filled again: what a pool of anchors holds.
 *
 * <pre>{@code
 * try (ObjectPool<MutableAnchor> anchors = pools.open("anchors", MutableAnchor.allocator(384))) {
 *     double heat = anchors.use(anchor -> anchor.begin(id, text, embedding, 0.2, now, context).heat());
 * }
 * }</pre>
 *
 * <p>Its arrays and collections stay from life to life: once they have grown to what its lives need, {@link #begin},
 * {@link #addUtterance} and {@link #reinforced} allocate nothing. Texts, ids and the context are references to what the
 * caller passed. An embedding of any length re-uses the array in which it has room. So that one large life is not paid
 * for ever, {@link #clear} gives up what is larger than 128 utterances, 128 reinforcements, or the greater of 16,384
 * numbers and the length that the anchor was made for.
 *
 * <p>After {@link #clear}, which a pool calls on its return, nothing of the last life can be reached from it. Everything
 * that was handed out before, but for {@link #copy}, must not be used then.
 *
 * <p>Not safe for use by several threads at once. Methods that return a part of an anchor throw
 * {@link IllegalStateException} where that part is only there in an anchor that was begun.
 */
public class MutableAnchor extends PoolableObject {
    private static final int KEPT_UTTERANCES = 128;
    private static final int KEPT_NUMBERS = 16_384;
    private static final int FIRST_UTTERANCES = 8;

    /** Of the object (its header, slot, nine references and lengths, five wide numbers), the list and its view. */
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
     * @param dimension the length of the embeddings that it will hold mostly; others fit as well
     * @throws IllegalArgumentException if it is negative
     */
    public MutableAnchor(int dimension) {
        if (dimension < 0) {
            throw new IllegalArgumentException("the length of embeddings must be at least 0, was " + dimension);
        }
        madeFor = dimension;
        embedding = new float[dimension];
    }

    /** Returns what makes anchors for a pool, for embeddings that are mostly of the given length. */
    public static Allocator<MutableAnchor> allocator(int dimension) {
        return allocator(() -> new MutableAnchor(dimension));
    }

    /** Returns what makes anchors of a type of one's own for a pool. */
    public static <A extends MutableAnchor> Allocator<A> allocator(Supplier<A> maker) {
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
     * Starts a life; what is left of another is gone.
     *
     * @param newEmbedding copied
     * @param newHeat 0 to 1
     * @param at when it is seen first; of the years 1678 to 2261
     * @param newContext copied unless it is unmodifiable already, as {@link Map#copyOf} does
     * @return this anchor
     * @throws IllegalArgumentException if the heat or the time is another; nothing changes then
     */
    public MutableAnchor begin(
            AnchorId newId,
            String newText,
            float[] newEmbedding,
            double newHeat,
            Instant at,
            Map<String, String> newContext) {
        requireNonNull(newId, "id");
        requireNonNull(newText, "text");
        requireHeat(newHeat);
        long seen = EpochNanos.toNanos(at);
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

    /** Adds the id of a fragment that made this anchor. */
    public void addUtterance(String utterance) {
        utterances.add(requireNonNull(utterance, "utterance"));
    }

    /**
     * Takes note of a reinforcement: counts it, and remembers it in the history.
     *
     * @param keep how many of the last reinforcements are remembered, this one included
     */
    public void reinforced(Instant at, String utterance, double similarity, int keep) {
        requireNonNull(utterance, "utterance");
        long seen = EpochNanos.toNanos(at);
        history.add(seen, utterance, similarity, keep);
        lastSeen = seen;
        updates++;
    }

    /** Ends a life: the anchor is as new, but for the room that it keeps. */
    public void clear() {
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

    /** Returns whether no life was begun since it was made or cleared. */
    public final boolean isEmpty() {
        return id == null;
    }

    /** Returns its name. */
    public final AnchorId id() {
        if (id == null) {
            throw new IllegalStateException("the anchor is empty: begin it first, and use none that was returned");
        }
        return id;
    }

    /** Returns the text that it was created from. */
    public final String text() {
        return text;
    }

    /** Returns the length of its embedding. */
    public final int dimension() {
        return dimension;
    }

    /**
     * Returns the array in which its embedding is, to be read and written: the first {@link #dimension} numbers, zeros
     * after them. Its length is the dimension where every embedding is of the length that the anchor was made for.
     */
    public final float[] embedding() {
        return embedding;
    }

    /** Returns how present it is. */
    public final double heat() {
        return heat;
    }

    /**
     * Changes how present it is.
     *
     * @throws IllegalArgumentException if it is not from 0 to 1
     */
    public final void heat(double newHeat) {
        requireHeat(newHeat);
        heat = newHeat;
    }

    private static void requireHeat(double heat) {
        if (!(heat >= 0 && heat <= 1)) {
            throw new IllegalArgumentException("a heat must be from 0 to 1, was " + heat);
        }
    }

    /** Returns how far its embedding is from where it began, as its owner worked it out. */
    public final double drift() {
        return drift;
    }

    /** Changes how far its embedding is from where it began. */
    public final void drift(double newDrift) {
        drift = newDrift;
    }

    /** Returns when it was begun. */
    public final Instant firstSeen() {
        return EpochNanos.toInstant(firstSeen);
    }

    /** Returns when it was begun or reinforced last. */
    public final Instant lastSeen() {
        return EpochNanos.toInstant(lastSeen);
    }

    /** Returns how often it was reinforced. */
    public final long updates() {
        return updates;
    }

    /** Returns the ids of the fragments that made it, in the order in which they were added; shows later ones as well. */
    public final List<String> utterances() {
        return utterancesView;
    }

    /** Returns the last reinforcements, oldest first; a copy. */
    public final List<Provenance.Reinforcement> history() {
        return history.toList();
    }

    /** Returns what is known of its creation; unmodifiable. */
    public final Map<String, String> context() {
        return context;
    }

    /** Returns what it is now, as a value that shares nothing with it. */
    public final Anchor copy() {
        return new Anchor(
                id(),
                text,
                Arrays.copyOf(embedding, dimension),
                heat,
                drift,
                new Provenance(firstSeen(), lastSeen(), utterances, updates, history.toList(), context));
    }

    /**
     * Returns how many bytes it occupies with its arrays and collections, without what they refer to, in a JVM of 64 bits
     * with compressed references.
     */
    public long sizeInBytes() {
        int room = Math.max(FIRST_UTTERANCES, utterances.size());
        return OWN_BYTES + arrayBytes(embedding.length, Float.BYTES) + arrayBytes(room, 4) + history.bytes();
    }

    /** Returns how many bytes an array occupies; a multiple of eight. */
    static long arrayBytes(int length, int eachBytes) {
        return (16 + (long) length * eachBytes + 7) / 8 * 8;
    }
}
