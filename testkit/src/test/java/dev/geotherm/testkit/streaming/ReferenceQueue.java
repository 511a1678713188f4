package dev.geotherm.testkit.streaming;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A queue of fragments: a list that is searched for the next one. Every tenth one is the fragment that has waited longest.
 */
final class ReferenceQueue<T> {
    private final Flaw flaw;
    private final List<ReferenceFragment<T>> items = new ArrayList<>();
    private final ReferenceKeys<T> keys;
    private long taken;

    ReferenceQueue(Flaw flaw, ReferenceKeys<T> keys) {
        this.flaw = flaw;
        this.keys = keys;
    }

    int size() {
        return items.size();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** Returns whether a fragment may be processed now. */
    boolean hasNext() {
        return items.stream().anyMatch(keys::mayBeProcessed);
    }

    void addFirst(ReferenceFragment<T> item) {
        items.add(0, item);
    }

    void addLast(ReferenceFragment<T> item) {
        items.add(item);
    }

    List<ReferenceFragment<T>> take(int max) {
        List<ReferenceFragment<T>> batch = new ArrayList<>();
        List<ReferenceFragment<T>> candidates =
                new ArrayList<>(items.stream().filter(keys::mayBeProcessed).toList());
        while (!candidates.isEmpty() && batch.size() < max) {
            ReferenceFragment<T> next = next(candidates);
            if (next.group != 0) {
                if (batch.isEmpty()) {
                    items.stream().filter(item -> item.group == next.group).forEach(batch::add);
                    items.removeAll(batch);
                    taken += batch.size();
                }
                break;
            }
            items.remove(next);
            candidates.remove(next);
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

    private ReferenceFragment<T> next(List<ReferenceFragment<T>> candidates) {
        ReferenceFragment<T> best = candidates.get(0);
        if (flaw == Flaw.IGNORES_PRIORITY || (taken % 10 == 9 && flaw != Flaw.STARVES)) {
            return best;
        }
        for (ReferenceFragment<T> item : candidates) {
            if (item.lane > best.lane || (item.lane == best.lane && flaw == Flaw.LAST_IN_FIRST_OUT)) {
                best = item;
            }
        }
        return best;
    }
}
