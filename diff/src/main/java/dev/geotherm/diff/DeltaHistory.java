package dev.geotherm.diff;

import dev.geotherm.api.diff.Change;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDelta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The newest deltas of a tracked state, bounded in number, size and age. Guarded by the state's lock. */
final class DeltaHistory {
    private final NavigableMap<Long, Kept> byBase = new TreeMap<>();
    private long bytes;

    private record Kept(RevisionDelta delta, long bytes) {}

    /** Keeps a delta of the given weight in bytes. */
    void add(RevisionDelta delta, long weight, TreeDifferSettings bounds) {
        Kept kept = new Kept(delta, weight);
        byBase.put(delta.base(), kept);
        bytes += kept.bytes;
        prune(delta.at(), bounds);
    }

    void prune(Instant now, TreeDifferSettings bounds) {
        Instant oldest = now.minus(bounds.historyAge());
        while (!byBase.isEmpty()) {
            Kept first = byBase.firstEntry().getValue();
            boolean within = byBase.size() <= bounds.historyRevisions()
                    && bytes <= bounds.historyBytes().bytes()
                    && !first.delta.at().isBefore(oldest);
            if (within) {
                return;
            }
            bytes -= first.bytes;
            byBase.pollFirstEntry();
        }
    }

    /** Returns the delta that begins at a revision, or null if it is not kept. */
    @Nullable
    RevisionDelta next(long base) {
        Kept kept = byBase.get(base);
        return kept == null ? null : kept.delta;
    }

    /** Returns all changes since a revision as one delta, or null if history does not reach back so far. */
    @Nullable
    RevisionDelta since(long base) {
        if (!byBase.containsKey(base)) {
            return null;
        }
        List<Change> changes = new ArrayList<>();
        for (Kept kept : byBase.tailMap(base, true).values()) {
            changes.addAll(kept.delta.delta().changes());
        }
        RevisionDelta last = byBase.lastEntry().getValue().delta;
        return new RevisionDelta(base, last.revision(), last.at(), last.fingerprint(), new StateDelta(changes));
    }
}
