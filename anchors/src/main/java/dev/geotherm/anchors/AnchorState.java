package dev.geotherm.anchors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.diff.Pointer;
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
final class AnchorState implements AutoCloseable {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pointer ANCHORS = Pointer.of("anchors");

    private final TrackedState tracked;
    /** Anchors to be written; the value tells whether more than the heat changed. */
    private final Map<PooledAnchor, Boolean> changed = new LinkedHashMap<>();

    private final Set<AnchorId> removed = new LinkedHashSet<>();
    private boolean trackEmbeddings;

    AnchorState(StateDiffer differ, boolean trackEmbeddings) {
        this.trackEmbeddings = trackEmbeddings;
        ObjectNode initial = JSON.objectNode();
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
            removed.forEach(id -> editor.remove(ANCHORS.child(id.value())));
            changed.forEach((anchor, moreThanHeat) -> write(anchor, moreThanHeat, editor));
        });
        // Only now: had the edit failed, the next commit would have to write the same.
        changed.keySet().forEach(anchor -> anchor.shown = anchor.utterances().size());
        changed.clear();
        removed.clear();
        return delta;
    }

    private void write(PooledAnchor anchor, boolean moreThanHeat, StateEditor editor) {
        Pointer path = ANCHORS.child(anchor.id().value());
        if (anchor.shown < 0) {
            editor.set(path, whole(anchor));
            return;
        }
        put(editor, path.child("heat"), DoubleNode.valueOf(anchor.heat()));
        if (!moreThanHeat) {
            return;
        }
        put(editor, path.child("drift"), DoubleNode.valueOf(anchor.drift()));
        put(editor, path.child("lastSeen"), TextNode.valueOf(anchor.lastSeen().toString()));
        put(editor, path.child("updates"), count(anchor.updates()));
        Pointer end = path.child("utterances").child("-");
        for (String utterance :
                anchor.utterances().subList(anchor.shown, anchor.utterances().size())) {
            editor.insert(end, TextNode.valueOf(utterance));
        }
        Pointer embedding = path.child("embedding");
        if (trackEmbeddings) {
            put(editor, embedding, numbers(anchor.embedding()));
        } else if (editor.get(embedding) != null) {
            editor.remove(embedding);
        }
    }

    private static void put(StateEditor editor, Pointer path, JsonNode value) {
        if (!value.equals(editor.get(path))) {
            editor.set(path, value);
        }
    }

    private ObjectNode whole(PooledAnchor anchor) {
        ObjectNode whole = JSON.objectNode();
        whole.put("text", anchor.text());
        whole.put("heat", anchor.heat());
        whole.put("drift", anchor.drift());
        whole.put("firstSeen", anchor.firstSeen().toString());
        whole.put("lastSeen", anchor.lastSeen().toString());
        whole.set("updates", count(anchor.updates()));
        ArrayNode utterances = whole.putArray("utterances");
        anchor.utterances().forEach(utterances::add);
        if (trackEmbeddings) {
            whole.set("embedding", numbers(anchor.embedding()));
        }
        return whole;
    }

    /** Returns the number in the type that a JSON parser gives it, so that a state that was read equals this one. */
    private static JsonNode count(long number) {
        return number <= Integer.MAX_VALUE ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    }

    /** Returns each number in its shortest decimal form, which reads back as the same float. */
    private static ArrayNode numbers(float[] vector) {
        ArrayNode numbers = JSON.arrayNode(vector.length);
        for (float number : vector) {
            numbers.add(Double.parseDouble(Float.toString(number)));
        }
        return numbers;
    }

    @Override
    public void close() {
        tracked.close();
    }
}
