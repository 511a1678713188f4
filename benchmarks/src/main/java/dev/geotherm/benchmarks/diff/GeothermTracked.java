package dev.geotherm.benchmarks.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.TreeDiffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A tracked state to which the changes are written, and undone by the next call, without any comparison. Includes the
 * construction of each path and of the delta.
 */
record GeothermTracked(String name, Map<String, String> settings, boolean snapshots) implements Contender {

    @Override
    @SuppressWarnings("MustBeClosedChecker") // lives as long as the measurement
    public Supplier<Object> comparing(StatePair pair) {
        TreeDiffer differ = new Geotherm(name, settings, false).open();
        StateDelta delta = differ.diff(pair.before(), pair.after());
        TrackedState state = differ.track(pair.before());
        Consumer<StateEditor> there = edits(delta.withWholeTexts(pair.before()));
        Consumer<StateEditor> back = edits(delta.invert().withWholeTexts(pair.after()));
        return new Supplier<>() {
            private boolean isThere;

            @Override
            public Object get() {
                isThere = !isThere;
                RevisionDelta made = state.edit(isThere ? there : back);
                if (snapshots) {
                    state.snapshot();
                }
                return made.delta();
            }
        };
    }

    static Consumer<StateEditor> edits(StateDelta delta) {
        List<Edit> edits = delta.changes().stream().map(Edit::of).toList();
        return editor -> {
            for (Edit edit : edits) {
                edit.make(editor);
            }
        };
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Edit(Change change, String[] path, String @Nullable [] from, boolean inserts) {
        static Edit of(Change change) {
            Pointer from = change.from();
            String last = change.path().isRoot() ? "" : change.path().token();
            return new Edit(
                    change,
                    change.path().tokens().toArray(String[]::new),
                    from == null ? null : from.tokens().toArray(String[]::new),
                    last.matches("0|[1-9][0-9]{0,8}"));
        }

        void make(StateEditor editor) {
            Pointer at = Pointer.of(path);
            JsonNode value = change.after();
            switch (change.kind()) {
                case REMOVED -> editor.remove(at);
                case MOVED -> editor.move(Pointer.of(from), at);
                case ADDED -> {
                    if (inserts && editor.get(Pointer.of(path).parent()).isArray()) {
                        editor.insert(at, value);
                    } else {
                        editor.set(at, value);
                    }
                }
                default -> editor.set(at, value);
            }
        }
    }

    @Override
    public byte[] patch(StatePair pair, Object outcome) {
        return StatePair.text(((StateDelta) outcome).toJsonPatch(pair.before()));
    }

    @Override
    public @Nullable Supplier<Object> applying(StatePair pair, Object outcome) {
        return null;
    }

    @Override
    public int changes(Object outcome) {
        return ((StateDelta) outcome).changes().size();
    }
}
