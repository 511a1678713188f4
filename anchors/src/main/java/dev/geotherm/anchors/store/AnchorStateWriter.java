package dev.geotherm.anchors.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.TrackedState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writer of a store's anchors to the tracked state, with the changes since the last commit.
 *
 * <p>The collected changes are bounded: changed anchors are in the store, and removed ones were in the tracked state at the
 * last commit. Guarded by the store's lock, except for the tracked state.
 */
final class AnchorStateWriter {
    final TrackedState tracked;
    /** The anchors to write, each with whether more than its heat changed. */
    private Map<PooledAnchor, Boolean> changed = new LinkedHashMap<>();

    private SortedSet<AnchorId> removed = new TreeSet<>();
    private final RemovedAnchors removals = new RemovedAnchors();

    AnchorStateWriter(StateDiffer differ) {
        ObjectNode initial = JsonNodeFactory.instance.objectNode();
        initial.putObject("anchors");
        tracked = differ.track(initial);
    }

    /**
     * The changes of one commit, without the anchors themselves. They are written in the order of ids, so a delta does not
     * depend on the order in which threads added passages.
     */
    record Changes(SortedSet<AnchorId> removed, List<ShownAnchor> written, SortedMap<AnchorId, Double> heats) {
        void write(StateEditor editor) {
            removed.forEach(id -> ShownAnchor.remove(id, editor));
            written.forEach(anchor -> anchor.write(editor));
            heats.forEach((id, heat) -> ShownAnchor.writeHeat(id, heat, editor));
        }
    }

    void changed(PooledAnchor anchor, boolean moreThanHeat) {
        changed.merge(anchor, moreThanHeat, Boolean::logicalOr);
    }

    void removed(PooledAnchor anchor) {
        changed.remove(anchor);
        if (anchor.shown) {
            removed.add(anchor.id());
        }
    }

    /** Records the anchors with a different heat than at their last change or decay, and returns their number. */
    int decay(AnchorTable table, long now) {
        int count = 0;
        for (PooledAnchor anchor : table.all()) {
            double heat = anchor.heat(now, table.settings());
            if (heat != anchor.notedHeat) {
                anchor.notedHeat = heat;
                changed(anchor, false);
                count++;
            }
        }
        return count;
    }

    /**
     * Writes the changes as one revision.
     *
     * @param lock the store's lock, which the caller does not hold
     * @param tables the supplier of the current table, or null before the first passage; called under the lock
     */
    RevisionDelta commit(Object lock, Supplier<@Nullable AnchorTable> tables) {
        List<Changes> taken = new ArrayList<>(1);
        RevisionDelta delta = null;
        try {
            delta = tracked.edit(editor -> {
                Changes changes;
                synchronized (lock) {
                    changes = take(tables.get());
                }
                taken.add(changes);
                changes.write(editor);
            });
            return delta;
        } finally {
            synchronized (lock) {
                AnchorTable table = tables.get();
                for (Changes changes : taken) {
                    if (table != null && delta == null) {
                        putBack(changes, table);
                    }
                    if (table != null && delta != null && delta.revision() > delta.base()) {
                        committed(changes, table, delta.revision());
                    }
                }
            }
        }
    }

    /** Returns the collected changes and removes them. */
    private Changes take(@Nullable AnchorTable table) {
        Changes changes = new Changes(removed, new ArrayList<>(changed.size()), new TreeMap<>());
        if (table != null) {
            changed.forEach((anchor, moreThanHeat) -> {
                anchor.shown = true;
                changes.removed().remove(anchor.id());
                if (moreThanHeat) {
                    changes.written().add(anchor.show(table.graph, table.settings()));
                } else {
                    changes.heats().put(anchor.id(), anchor.notedHeat);
                }
            });
            changes.written().sort(Comparator.comparing(ShownAnchor::id));
        }
        removed = new TreeSet<>();
        changed = new LinkedHashMap<>();
        return changes;
    }

    /** Restores changes that were not committed. */
    private void putBack(Changes changes, AnchorTable table) {
        changes.removed().forEach(id -> {
            if (table.find(id) == null) {
                removed.add(id);
            }
        });
        changes.written().forEach(anchor -> putBack(table.find(anchor.id()), true));
        changes.heats().keySet().forEach(id -> putBack(table.find(id), false));
    }

    private void putBack(@Nullable PooledAnchor anchor, boolean moreThanHeat) {
        if (anchor != null) {
            changed(anchor, moreThanHeat);
        }
    }

    /** Records the revision of committed changes. */
    private void committed(Changes changes, AnchorTable table, long revision) {
        changes.removed().forEach(id -> removals.add(id, revision));
        for (ShownAnchor written : changes.written()) {
            PooledAnchor anchor = table.find(written.id());
            if (anchor != null) {
                anchor.revision = Math.max(anchor.revision, revision);
            }
        }
    }

    /** Returns the sorted ids of the anchors that commits after a revision added, changed or removed. */
    List<AnchorId> changedSince(@Nullable AnchorTable table, long revision) {
        Set<AnchorId> ids = new TreeSet<>();
        removals.addTo(ids, revision);
        if (table != null) {
            for (PooledAnchor anchor : table.all()) {
                if (anchor.revision > revision) {
                    ids.add(anchor.id());
                }
            }
        }
        return List.copyOf(ids);
    }
}
