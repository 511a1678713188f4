package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.Change;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDelta;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The newest deltas of a tracked state, bounded in number, size and age. Guarded by the state's lock. */
final class DeltaHistory {
    private final NavigableMap<Long, Kept> byBase = new TreeMap<>();
    private long bytes;

    private record Kept(RevisionDelta delta, long bytes) {}

    void add(RevisionDelta delta, TreeDifferSettings bounds) {
        Kept kept = new Kept(delta, bytesOf(delta.delta()));
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

    /** Returns about how much memory a delta holds: a rough figure for each value, and its text. */
    private static long bytesOf(StateDelta delta) {
        long sum = 0;
        Deque<JsonNode> open = new ArrayDeque<>();
        for (Change change : delta.changes()) {
            sum += 64 + 32L * change.path().depth() + 2L * change.path().token().length();
            for (JsonNode value : new @Nullable JsonNode[] {change.before(), change.after()}) {
                if (value != null) {
                    open.push(value);
                }
            }
        }
        while (!open.isEmpty()) {
            JsonNode value = open.pop();
            sum += 24 + (value.isTextual() ? 2L * value.textValue().length() : 0);
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                sum += 32 + 2L * member.getKey().length();
                open.push(member.getValue());
            }
            if (value.isArray()) {
                value.forEach(open::push);
            }
        }
        return sum;
    }
}
