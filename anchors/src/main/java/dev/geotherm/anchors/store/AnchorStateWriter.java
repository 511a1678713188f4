package dev.geotherm.anchors.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.TrackedState;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The writer of a store's tracked state: collects changed anchors and writes them at the next commit.
 *
 * <p>What it collects is bounded: changed anchors are in the store, removed ones were in the tracked state at the last
 * commit. Guarded by the store's lock. The tracked state calls subscribers outside of its locks, so they may call the
 * store.
 */
final class AnchorStateWriter implements AutoCloseable {
    private final TrackedState tracked;
    /** Anchors to write; the value says whether more than the heat changed. */
    private final Map<PooledAnchor, Boolean> changed = new LinkedHashMap<>();

    private final Set<AnchorId> removed = new LinkedHashSet<>();
    private boolean trackEmbeddings;

    AnchorStateWriter(StateDiffer differ, boolean trackEmbeddings) {
        this.trackEmbeddings = trackEmbeddings;
        ObjectNode initial = JsonNodeFactory.instance.objectNode();
        initial.putObject("anchors");
        tracked = differ.track(initial);
    }

    TrackedState tracked() {
        return tracked;
    }

    /** Sets whether embeddings are written; returns whether that is a change. */
    boolean trackEmbeddings(boolean track) {
        boolean changes = track != trackEmbeddings;
        trackEmbeddings = track;
        return changes;
    }

    void changed(PooledAnchor anchor, boolean moreThanHeat) {
        changed.merge(anchor, moreThanHeat, Boolean::logicalOr);
    }

    void removed(PooledAnchor anchor) {
        changed.remove(anchor);
        if (anchor.shown >= 0) {
            removed.add(anchor.id());
        }
    }

    RevisionDelta commit() {
        RevisionDelta delta = tracked.edit(editor -> {
            removed.forEach(id -> new AnchorView(editor, id).remove());
            changed.forEach((anchor, moreThanHeat) -> write(anchor, moreThanHeat, editor));
        });
        // Only after the edit: if it fails, the next commit must write the same.
        changed.keySet().forEach(anchor -> anchor.shown = anchor.utterances().size());
        changed.clear();
        removed.clear();
        return delta;
    }

    private void write(PooledAnchor anchor, boolean moreThanHeat, StateEditor editor) {
        AnchorView view = new AnchorView(editor, anchor.id());
        if (anchor.shown < 0) {
            view.create(anchor, trackEmbeddings);
            return;
        }
        if (!moreThanHeat) {
            view.heat(anchor.heat());
            return;
        }
        view.reinforced(anchor);
        anchor.utterances().subList(anchor.shown, anchor.utterances().size()).forEach(view::addUtterance);
        if (trackEmbeddings) {
            view.embedding(anchor.embedding());
        } else {
            view.withoutEmbedding();
        }
    }

    @Override
    public void close() {
        tracked.close();
    }
}
