package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore.Similar;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The best of the anchors that were offered: the most similar first, equally similar ones in the order of ids. */
final class NearestAnchors {
    private static final Comparator<Similar> BEST_FIRST =
            Comparator.comparingDouble(Similar::similarity).reversed().thenComparing(Similar::anchor);

    private final int limit;
    private final PriorityQueue<Similar> worstFirst = new PriorityQueue<>(BEST_FIRST.reversed());

    NearestAnchors(int limit) {
        this.limit = limit;
    }

    /** Takes an anchor in if it is among the best; of equal vectors the cosine is 1 without rounding. */
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

    /** Returns whether there are as many as wanted, none less similar than the given cosine. */
    boolean isFullOf(double cosine) {
        Similar worst = worstFirst.peek();
        return worst != null && worstFirst.size() == limit && worst.similarity() >= cosine;
    }

    List<Similar> sorted() {
        return worstFirst.stream().sorted(BEST_FIRST).toList();
    }
}
