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
 * The tracked state of a store, and what has to be written into it at the next commit.
 *
 * <p>Guarded by the store's lock. Subscribers are called by the tracked state outside of every lock, so they may call the
 * store.
 */
final class AnchorStateWriter implements AutoCloseable {
    private final TrackedState tracked;
    /** Anchors to be written; the value tells whether more than the heat changed. */
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

    /** Returns whether the setting changed. */
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
            removed.forEach(id -> AnchorView.of(editor, id).remove());
            changed.forEach((anchor, moreThanHeat) -> write(anchor, moreThanHeat, editor));
        });
        // Only now: had the edit failed, the next commit would have to write the same.
        changed.keySet().forEach(anchor -> anchor.shown = anchor.utterances().size());
        changed.clear();
        removed.clear();
        return delta;
    }

    private void write(PooledAnchor anchor, boolean moreThanHeat, StateEditor editor) {
        AnchorView view = AnchorView.of(editor, anchor.id());
        if (anchor.shown < 0) {
            view.create(
                    anchor.text(),
                    anchor.heat(),
                    anchor.drift(),
                    anchor.firstSeen(),
                    anchor.lastSeen(),
                    anchor.updates(),
                    anchor.utterances(),
                    trackEmbeddings ? anchor.embedding() : null);
            return;
        }
        view.heat(anchor.heat());
        if (!moreThanHeat) {
            return;
        }
        view.drift(anchor.drift()).lastSeen(anchor.lastSeen()).updates(anchor.updates());
        anchor.utterances().subList(anchor.shown, anchor.utterances().size()).forEach(view::utterance);
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
