package dev.geotherm.testkit.anchor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The passages of a {@link PlainStore}, guarded by it: which are adjacent, and which lead.
 *
 * <p>If there are many passages, one is compared only with those of the same signs in the first two numbers.
 */
final class PlainPassages {
    private static final int FEW = 256;
    private static final double ROUNDING = 1e-6;
    private static final Comparator<PlainPassage> BY_PRIORITY =
            Comparator.comparingInt(PlainPassage::priority).thenComparing(passage -> passage.id);

    private final AnchorStoreSettings rules;
    private final StoreFault fault;
    /** In the order of arrival. */
    private final List<PlainPassage> passages = new ArrayList<>();

    private final Map<String, PlainPassage> byId = new HashMap<>();
    private boolean indexed;
    private long comparisons;

    PlainPassages(AnchorStoreSettings rules, StoreFault fault) {
        this.rules = rules;
        this.fault = fault;
    }

    int size() {
        return passages.size();
    }

    boolean isEmpty() {
        return passages.isEmpty();
    }

    long comparisons() {
        return comparisons;
    }

    /** Returns the passage with an id, or null. */
    PlainPassage find(String id) {
        return byId.get(id);
    }

    void add(PlainPassage passage) {
        passages.add(passage);
        byId.put(passage.id, passage);
    }

    void remove(PlainPassage passage) {
        passages.remove(passage);
        byId.remove(passage.id);
        passage.adjacent.forEach(other -> other.adjacent.remove(passage));
    }

    /** Returns whether there are too few passages for the relation with which they were connected. */
    boolean mustConnectAll() {
        return indexed && passages.size() <= FEW;
    }

    /** Connects the last passage with those before it, or all if the relation changes; returns those connected. */
    List<PlainPassage> connect() {
        boolean index = passages.size() > FEW && fault != StoreFault.COMPARES_EVERY_ANCHOR;
        boolean all = index != indexed;
        indexed = index;
        if (all) {
            passages.forEach(passage -> passage.adjacent.clear());
        }
        int first = all ? 0 : passages.size() - 1;
        for (int i = first; i < passages.size(); i++) {
            for (int j = 0; j < i; j++) {
                connect(passages.get(i), passages.get(j));
            }
        }
        return passages.subList(first, passages.size());
    }

    private void connect(PlainPassage one, PlainPassage other) {
        if (PlainVectors.isZero(one.unit)
                || PlainVectors.isZero(other.unit)
                || (indexed && signs(one.unit) != signs(other.unit))) {
            return;
        }
        comparisons++;
        double threshold = rules.consolidation() + (fault == StoreFault.THRESHOLD_IS_EXCLUDED ? ROUNDING : -ROUNDING);
        if (PlainVectors.cosine(one.unit, other.unit) >= threshold) {
            one.adjacent.add(other);
            other.adjacent.add(one);
        }
    }

    private static int signs(float[] unit) {
        return (unit[0] < 0 ? 1 : 0) + (unit[1] < 0 ? 2 : 0);
    }

    /** Returns passages and those connected with them, also through others. */
    private static Set<PlainPassage> reach(Collection<PlainPassage> around) {
        Set<PlainPassage> reached = new LinkedHashSet<>(around);
        Deque<PlainPassage> open = new ArrayDeque<>(around);
        while (!open.isEmpty()) {
            for (PlainPassage next : open.pop().adjacent) {
                if (reached.add(next)) {
                    open.push(next);
                }
            }
        }
        return reached;
    }

    /** Chooses the leaders in the order of priority, and gives each other passage to the nearest, as far as some reach. */
    Map<PlainPassage, List<PlainPassage>> groups(Collection<PlainPassage> around) {
        List<PlainPassage> ordered = new ArrayList<>(reach(around));
        ordered.sort(
                fault == StoreFault.LEADERS_ARE_IN_THE_ORDER_OF_ARRIVAL
                        ? Comparator.comparingInt(passages::indexOf)
                        : BY_PRIORITY);
        ordered.forEach(passage -> passage.leads = false);
        Map<PlainPassage, List<PlainPassage>> groups = new HashMap<>();
        for (PlainPassage passage : ordered) {
            passage.leads = !hasLeader(passage);
            if (passage.leads) {
                groups.put(passage, new ArrayList<>(List.of(passage)));
            }
        }
        for (PlainPassage passage : ordered) {
            if (!passage.leads) {
                groups.get(nearestLeader(passage)).add(passage);
            }
        }
        return groups;
    }

    private static boolean hasLeader(PlainPassage passage) {
        for (PlainPassage other : passage.adjacent) {
            if (other.leads) {
                return true;
            }
        }
        return false;
    }

    private static PlainPassage nearestLeader(PlainPassage passage) {
        PlainPassage nearest = null;
        for (PlainPassage leader : passage.adjacent) {
            if (leader.leads && (nearest == null || isNearer(leader, nearest, passage))) {
                nearest = leader;
            }
        }
        return nearest;
    }

    private static boolean isNearer(PlainPassage leader, PlainPassage than, PlainPassage passage) {
        double cosine = PlainVectors.cosine(leader.unit, passage.unit);
        double other = PlainVectors.cosine(than.unit, passage.unit);
        return cosine > other || (cosine == other && BY_PRIORITY.compare(leader, than) < 0);
    }
}
