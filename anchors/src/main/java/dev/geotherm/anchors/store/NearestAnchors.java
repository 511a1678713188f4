package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore.Similar;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A bounded queue of the most similar anchors, equally similar ones ordered by id. */
final class NearestAnchors {
    private static final Comparator<Similar> BEST_FIRST =
            Comparator.comparingDouble(Similar::similarity).reversed().thenComparing(Similar::anchor);

    private final int limit;
    private final PriorityQueue<Similar> worstFirst = new PriorityQueue<>(BEST_FIRST.reversed());

    NearestAnchors(int limit) {
        this.limit = limit;
    }

    /** Adds an anchor if it is among the best; the cosine of equal vectors counts as 1, without rounding. */
    void offer(AnchorId id, double cosine, float[] vector, float[] wanted) {
        double similarity = cosine > 0.999 && Arrays.equals(vector, wanted) ? 1 : cosine;
        Similar worst = worstFirst.peek();
        if (worst != null && worstFirst.size() == limit && similarity < worst.similarity()) {
            return;
        }
        worstFirst.add(new Similar(id, similarity));
        if (worstFirst.size() > limit) {
            worstFirst.remove();
        }
    }

    boolean isEmpty() {
        return worstFirst.isEmpty();
    }

    /** Returns whether the queue is full and no anchor in it is less similar than the given cosine. */
    boolean isFullOf(double cosine) {
        Similar worst = worstFirst.peek();
        return worst != null && worstFirst.size() == limit && worst.similarity() >= cosine;
    }

    List<Similar> sorted() {
        return worstFirst.stream().sorted(BEST_FIRST).toList();
    }
}
