package dev.geotherm.testkit.streaming;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The fragments of each key in order of acceptance: the first one may be processed. Guarded by its pipeline. */
final class ReferenceKeys<T> {
    private final Flaw flaw;
    private final Map<String, Deque<ReferenceFragment<T>>> pending = new HashMap<>();

    ReferenceKeys(Flaw flaw) {
        this.flaw = flaw;
    }

    void add(ReferenceFragment<T> item) {
        if (item.key != null && flaw != Flaw.IGNORES_KEYS) {
            pending.computeIfAbsent(item.key, key -> new ArrayDeque<>()).addLast(item);
        }
    }

    boolean mayBeProcessed(ReferenceFragment<T> item) {
        Deque<ReferenceFragment<T>> ofKey = pending.get(item.key);
        if (ofKey == null || !ofKey.contains(item)) {
            return true;
        }
        return item
                == (flaw == Flaw.URGENT_FRAGMENT_OVERTAKES_ITS_KEY
                        ? ofKey.stream()
                                .max(Comparator.comparing(
                                        one -> one.fragment.priority().level()))
                                .orElseThrow()
                        : ofKey.getFirst());
    }

    /** Ends the turn of a fragment that has its outcome. */
    void end(ReferenceFragment<T> item) {
        Deque<ReferenceFragment<T>> ofKey = pending.get(item.key);
        if (ofKey != null) {
            ofKey.remove(item);
            pending.computeIfPresent(item.key, (key, left) -> left.isEmpty() ? null : left);
        }
    }
}
