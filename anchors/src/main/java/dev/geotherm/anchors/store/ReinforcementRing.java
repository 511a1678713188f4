package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.Provenance.Reinforcement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ring buffer of an anchor's last reinforcements, in reusable columns; objects are made only by {@link #toList}.
 *
 * <p>The oldest is at index {@code first}; the others follow, past the end to index 0.
 */
final class ReinforcementRing {
    private static final int KEPT = 128;
    private static final int FIRST = 8;
    private static final long OWN_BYTES = 32;
    private static final long[] NO_TIMES = {};
    private static final double[] NO_SIMILARITIES = {};
    private static final @Nullable String[] NO_UTTERANCES = {};

    private long[] at = NO_TIMES;
    private double[] similarities = NO_SIMILARITIES;
    private @Nullable String[] utterances = NO_UTTERANCES;
    private int first;
    private int size;

    /** Adds a reinforcement, and removes the oldest until at most {@code keep} are left. */
    void add(long when, String utterance, double similarity, int keep) {
        while (size > 0 && size >= keep) {
            forgetFirst();
        }
        if (keep <= 0) {
            return;
        }
        if (size == at.length) {
            grow(keep);
        }
        int place = place(size);
        at[place] = when;
        utterances[place] = utterance;
        similarities[place] = similarity;
        size++;
    }

    private void forgetFirst() {
        at[first] = 0;
        utterances[first] = null;
        similarities[first] = 0;
        first = place(1);
        size--;
    }

    private int place(int number) {
        int place = first + number;
        return place < at.length ? place : place - at.length;
    }

    private void grow(int keep) {
        int room = (int) Math.max(Math.min(keep, Math.max(FIRST, 2L * size)), size + 1L);
        long[] newAt = new long[room];
        double[] newSimilarities = new double[room];
        @Nullable String[] newUtterances = new String[room];
        for (int i = 0; i < size; i++) {
            int place = place(i);
            newAt[i] = at[place];
            newSimilarities[i] = similarities[place];
            newUtterances[i] = utterances[place];
        }
        at = newAt;
        similarities = newSimilarities;
        utterances = newUtterances;
        first = 0;
    }

    void clear() {
        if (at.length > KEPT) {
            at = NO_TIMES;
            similarities = NO_SIMILARITIES;
            utterances = NO_UTTERANCES;
        } else if (size > 0) {
            Arrays.fill(at, 0);
            Arrays.fill(similarities, 0);
            Arrays.fill(utterances, null);
        }
        first = 0;
        size = 0;
    }

    /** Returns the reinforcements, oldest first. */
    List<Reinforcement> toList() {
        List<Reinforcement> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int place = place(i);
            String utterance = utterances[place];
            if (utterance != null) { // always, below size
                list.add(new Reinforcement(EpochNanos.toInstant(at[place]), utterance, similarities[place]));
            }
        }
        return list;
    }

    /** Returns its size in bytes; empty columns are shared and count nothing. */
    long bytes() {
        if (at.length == 0) {
            return OWN_BYTES;
        }
        return OWN_BYTES
                + MutableAnchor.arrayBytes(at.length, Long.BYTES)
                + MutableAnchor.arrayBytes(similarities.length, Double.BYTES)
                + MutableAnchor.arrayBytes(utterances.length, 4);
    }
}
