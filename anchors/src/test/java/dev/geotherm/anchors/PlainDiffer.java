package dev.geotherm.anchors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.Change;
import dev.geotherm.api.diff.ChangeKind;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.DeltaCodec;
import dev.geotherm.api.diff.DeltaSummary;
import dev.geotherm.api.diff.DiffMetrics;
import dev.geotherm.api.diff.Fingerprint;
import dev.geotherm.api.diff.Pointer;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A differ that tracks states and does nothing else: enough for an anchor store. */
final class PlainDiffer implements StateDiffer {

    @Override
    public TrackedState track(JsonNode initial) {
        return new Plain(initial.deepCopy());
    }

    @Override
    public StateDelta diff(JsonNode before, JsonNode after) {
        return before.equals(after)
                ? StateDelta.empty()
                : new StateDelta(List.of(Change.replaced(ChangeKind.OBJECT_MODIFIED, Pointer.ROOT, before, after, 1)));
    }

    @Override
    public Fingerprint fingerprint(JsonNode state) {
        return new Fingerprint(0, state.hashCode());
    }

    @Override
    public DeltaSummary summarize(StateDelta delta) {
        throw new IllegalStateException("not asked for by a store");
    }

    @Override
    public <V> ContextCache<V> openCache(String name) {
        throw new IllegalStateException("not asked for by a store");
    }

    @Override
    public DeltaCodec codec() {
        throw new IllegalStateException("not asked for by a store");
    }

    @Override
    public DiffMetrics metrics() {
        return new DiffMetrics(0, 0, Duration.ZERO, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {}

    private record Snapshot(long revision, Instant at, JsonNode toJson) implements StateSnapshot {
        @Override
        public Fingerprint fingerprint() {
            return new Fingerprint(0, toJson.hashCode());
        }

        @Override
        public JsonNode get(Pointer path) {
            return path.in(toJson);
        }
    }

    private final class Plain implements TrackedState {
        private JsonNode state;
        private long revision;
        private boolean closed;

        Plain(JsonNode initial) {
            state = initial;
        }

        @Override
        public synchronized long revision() {
            return revision;
        }

        @Override
        public synchronized StateSnapshot snapshot() {
            return new Snapshot(revision, Instant.now(), state);
        }

        @Override
        public synchronized RevisionDelta edit(Consumer<StateEditor> edits) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            Editor editor = new Editor(state);
            edits.accept(editor);
            long base = revision;
            state = editor.state;
            revision += editor.changes.isEmpty() ? 0 : 1;
            return new RevisionDelta(base, revision, Instant.now(), fingerprint(state), new StateDelta(editor.changes));
        }

        @Override
        public RevisionDelta commit(JsonNode next) {
            return edit(editor -> editor.set(Pointer.ROOT, next));
        }

        @Override
        public StateUpdate since(long from) {
            return snapshot();
        }

        @Override
        public Subscription subscribe(StateSubscriber subscriber) {
            throw new IllegalStateException("not asked for by a store");
        }

        @Override
        public synchronized void close() {
            closed = true;
        }
    }

    private static final class Editor implements StateEditor {
        private final List<Change> changes = new ArrayList<>();
        private JsonNode state;

        Editor(JsonNode state) {
            this.state = state;
        }

        private StateEditor apply(Change change) {
            state = new StateDelta(List.of(change)).applyTo(state);
            changes.add(change);
            return this;
        }

        @Override
        public JsonNode get(Pointer path) {
            return path.in(state);
        }

        @Override
        public StateEditor set(Pointer path, JsonNode value) {
            JsonNode before = get(path);
            if (before == null) {
                return apply(Change.added(path, value));
            }
            ChangeKind kind = before.isArray()
                    ? (before.size() == value.size() ? ChangeKind.ARRAY_MODIFIED : ChangeKind.ARRAY_RESIZED)
                    : before.isObject() ? ChangeKind.OBJECT_MODIFIED : ChangeKind.MODIFIED;
            return before.equals(value) ? this : apply(Change.replaced(kind, path, before, value, 1));
        }

        @Override
        public StateEditor insert(Pointer path, JsonNode value) {
            Pointer at = path.token().equals("-")
                    ? path.parent().child(get(path.parent()).size())
                    : path;
            return apply(Change.added(at, value));
        }

        @Override
        public StateEditor remove(Pointer path) {
            return apply(Change.removed(path, get(path)));
        }

        @Override
        public StateEditor move(Pointer from, Pointer path) {
            return apply(Change.moved(from, path));
        }
    }
}
