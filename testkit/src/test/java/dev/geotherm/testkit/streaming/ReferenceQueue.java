package dev.geotherm.testkit.streaming;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What waits, in one list that is searched for what is next; every tenth fragment is the one that waits longest. */
final class ReferenceQueue<T> {
    private final Flaw flaw;
    private final List<ReferenceItem<T>> items = new ArrayList<>();
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

    void addFirst(ReferenceItem<T> item) {
        items.add(0, item);
    }

    void addLast(ReferenceItem<T> item) {
        items.add(item);
    }

    List<ReferenceItem<T>> take(int max) {
        List<ReferenceItem<T>> batch = new ArrayList<>();
        while (!items.isEmpty() && batch.size() < max) {
            ReferenceItem<T> next = next();
            if (next.alone && !batch.isEmpty()) {
                break;
            }
            items.remove(next);
            batch.add(next);
            next.attempts++;
            taken++;
            if (next.alone) {
                break;
            }
        }
        if (flaw != Flaw.IGNORES_PRIORITY) {
            batch.sort(
                    Comparator.comparing((ReferenceItem<T> item) -> item.lane).reversed());
        }
        return batch;
    }

    List<ReferenceItem<T>> takeAll() {
        List<ReferenceItem<T>> all = List.copyOf(items);
        items.clear();
        return all;
    }

    private ReferenceItem<T> next() {
        ReferenceItem<T> best = items.get(0);
        if (flaw == Flaw.IGNORES_PRIORITY || (taken % 10 == 9 && flaw != Flaw.STARVES)) {
            return best;
        }
        for (ReferenceItem<T> item : items) {
            if (item.lane > best.lane || (item.lane == best.lane && flaw == Flaw.LAST_IN_FIRST_OUT)) {
                best = item;
            }
        }
        return best;
    }
}
