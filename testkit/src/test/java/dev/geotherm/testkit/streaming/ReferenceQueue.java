package dev.geotherm.testkit.streaming;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A queue of fragments as a list that is searched for the next one; every tenth time it is the one that has waited
 * longest.
 */
final class ReferenceQueue<T> {
    private final Flaw flaw;
    private final List<ReferenceFragment<T>> items = new ArrayList<>();
    private long taken;

    ReferenceQueue(Flaw flaw) {
        this.flaw = flaw;
    }

    int size() {
        return items.size();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    void addFirst(ReferenceFragment<T> item) {
        items.add(0, item);
    }

    void addLast(ReferenceFragment<T> item) {
        items.add(item);
    }

    List<ReferenceFragment<T>> take(int max) {
        List<ReferenceFragment<T>> batch = new ArrayList<>();
        while (!items.isEmpty() && batch.size() < max) {
            ReferenceFragment<T> next = next();
            if (next.group != 0) {
                if (batch.isEmpty()) {
                    items.stream().filter(item -> item.group == next.group).forEach(batch::add);
                    items.removeAll(batch);
                    taken += batch.size();
                }
                break;
            }
            items.remove(next);
            batch.add(next);
            taken++;
        }
        batch.forEach(item -> item.attempts++);
        if (flaw != Flaw.IGNORES_PRIORITY) {
            batch.sort(Comparator.comparing((ReferenceFragment<T> item) -> item.lane)
                    .reversed());
        }
        return batch;
    }

    long oldestNanos() {
        return items.get(0).queuedNanos;
    }

    List<ReferenceFragment<T>> takeAll() {
        List<ReferenceFragment<T>> all = List.copyOf(items);
        items.clear();
        return all;
    }

    private ReferenceFragment<T> next() {
        ReferenceFragment<T> best = items.get(0);
        if (flaw == Flaw.IGNORES_PRIORITY || (taken % 10 == 9 && flaw != Flaw.STARVES)) {
            return best;
        }
        for (ReferenceFragment<T> item : items) {
            if (item.lane > best.lane || (item.lane == best.lane && flaw == Flaw.LAST_IN_FIRST_OUT)) {
                best = item;
            }
        }
        return best;
    }
}
