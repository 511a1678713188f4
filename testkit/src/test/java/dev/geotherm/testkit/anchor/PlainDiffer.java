package dev.geotherm.testkit.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.DiffMetrics;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.diff.UpdateCodec;
import dev.geotherm.api.diff.UpdateFormat;
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaSummary;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A differ that only tracks states: sufficient for an anchor store. */
final class PlainDiffer implements StateDiffer {
    private static final Fingerprint NONE = new Fingerprint(0, 0);

    private static IllegalStateException notAsked() {
        return new IllegalStateException("not asked for by a store");
    }

    @Override
    public TrackedState track(String name, JsonNode initial) {
        return new Plain(name, initial.deepCopy());
    }

    @Override
    public TrackedState track(JsonNode initial) {
        return track("plain", initial);
    }

    @Override
    public StateDelta diff(JsonNode before, JsonNode after) {
        throw notAsked();
    }

    @Override
    public Fingerprint fingerprint(JsonNode state) {
        throw notAsked();
    }

    @Override
    public DeltaSummary summarize(StateDelta delta) {
        throw notAsked();
    }

    @Override
    public StateReplica replica() {
        throw notAsked();
    }

    @Override
    public <V> ContextCache<V> openCache(String name) {
        throw notAsked();
    }

    @Override
    public DeltaCodec codec() {
        throw notAsked();
    }

    @Override
    public UpdateCodec updateCodec(UpdateFormat format) {
        throw notAsked();
    }

    @Override
    public DiffMetrics metrics() {
        return new DiffMetrics(0, 0, Distribution.EMPTY, 0, 0, Distribution.EMPTY, Map.of(), Map.of());
    }

    @Override
    public void close() {}

    private record Snapshot(long revision, Instant at, JsonNode toJson) implements StateSnapshot {
        @Override
        public Fingerprint fingerprint() {
            return NONE;
        }

        @Override
        public JsonNode get(Pointer path) {
            return path.in(toJson);
        }
    }

    private static final class Plain implements TrackedState {
        private final String name;
        private JsonNode state;
        private long revision;
        private boolean closed;

        Plain(String name, JsonNode initial) {
            this.name = name;
            state = initial;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public synchronized long revision() {
            return revision;
        }

        @Override
        public synchronized StateSnapshot snapshot() {
            return new Snapshot(revision, Instant.EPOCH, state);
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
            return new RevisionDelta(base, revision, Instant.EPOCH, NONE, new StateDelta(editor.changes));
        }

        @Override
        public RevisionDelta commit(JsonNode next) {
            return edit(editor -> editor.set(Pointer.ROOT, next));
        }

        @Override
        public StateUpdate since(long from) {
            throw notAsked();
        }

        @Override
        public Subscription subscribe(StateSubscriber subscriber) {
            throw notAsked();
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

        private StateEditor make(Change change) {
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
            JsonNode old = get(path);
            if (old == null) {
                return make(Change.added(path, value));
            }
            return old.equals(value)
                    ? this
                    : make(Change.replaced(ChangeKind.ofReplacement(old, value), path, old, value, 1));
        }

        @Override
        public StateEditor insert(Pointer path, JsonNode value) {
            throw notAsked();
        }

        @Override
        public StateEditor remove(Pointer path) {
            return make(Change.removed(path, get(path)));
        }

        @Override
        public StateEditor move(Pointer from, Pointer path) {
            throw notAsked();
        }
    }
}
