package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore.Similar;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A bounded queue of the most similar anchors; ties are ordered by id. */
final class NearestAnchors {
    private static final Comparator<Similar> BEST_FIRST =
            Comparator.comparingDouble(Similar::similarity).reversed().thenComparing(Similar::anchor);

    private final int limit;
    private final PriorityQueue<Similar> worstFirst = new PriorityQueue<>(BEST_FIRST.reversed());

    NearestAnchors(int limit) {
        this.limit = limit;
    }

    /** Adds an anchor if it is among the best. */
    void offer(AnchorId id, double similarity) {
        Similar worst = worstFirst.peek();
        if (worst != null && worstFirst.size() == limit && similarity < worst.similarity()) {
            return;
        }
        worstFirst.add(new Similar(id, similarity));
        if (worstFirst.size() > limit) {
            worstFirst.remove();
        }
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
