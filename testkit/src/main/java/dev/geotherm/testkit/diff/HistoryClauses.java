package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Clauses about {@link TrackedState#snapshot} and {@link TrackedState#since}. */
abstract class HistoryClauses extends DifferClauses {

    HistoryClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void snapshot_isNotChangedByLaterCommits() {
        TrackedState state = track("{'a':{'b':1},'c':[1,2]}");
        StateSnapshot snapshot = state.snapshot();
        JsonNode whole = snapshot.toJson();
        set(state, "/a/b", 2);
        state.edit(editor -> editor.insert(path("/c/0"), json("0")).remove(path("/a")));
        assertSame(snapshot.toJson(), json("{'a':{'b':1},'c':[1,2]}"));
        assertSame(whole, json("{'a':{'b':1},'c':[1,2]}"));
        assertThat(snapshot.get(path("/a/b"))).isEqualTo(json("1"));
        assertThat(snapshot.get(path("/a/x"))).isNull();
        assertThat(snapshot.revision()).isZero();
    }

    @Test
    void since_composesEveryDelta() {
        TrackedState state = track("{'a':0}");
        JsonNode second = json("null");
        for (int i = 1; i <= 5; i++) {
            set(state, "/a", i);
            second = i == 2 ? state.snapshot().toJson() : second;
        }
        StateUpdate update = state.since(2);
        assertThat(update).isInstanceOf(RevisionDelta.class);
        assertThat(update.revision()).isEqualTo(5);
        assertThat(update.fingerprint()).isEqualTo(state.snapshot().fingerprint());
        assertThat(((RevisionDelta) update).base()).isEqualTo(2);
        assertSame(((RevisionDelta) update).delta().applyTo(second), json("{'a':5}"));
    }

    @Test
    void since_theNewestRevisionIsEmpty() {
        TrackedState state = track("{}");
        set(state, "/a", 1);
        assertThat(state.since(1)).isInstanceOfSatisfying(RevisionDelta.class, delta -> {
            assertThat(delta.delta().isEmpty()).isTrue();
            assertThat(delta.revision()).isEqualTo(1);
            assertThat(delta.fingerprint()).isEqualTo(state.snapshot().fingerprint());
        });
    }

    @Test
    void since_beyondHistoryIsTheSnapshot() {
        require(DifferCapability.HISTORY_LIMIT);
        TrackedState state = differ(DifferLimits.usual().withHistory(3)).track(json("{}"));
        for (int i = 1; i <= 10; i++) {
            set(state, "/a", i);
        }
        assertThat(state.since(7)).isInstanceOf(RevisionDelta.class);
        assertThat(state.since(6)).isInstanceOfSatisfying(StateSnapshot.class, snapshot -> {
            assertThat(snapshot.revision()).isEqualTo(10);
            assertSame(snapshot.toJson(), json("{'a':10}"));
        });
    }

    @Test
    void since_unknownRevisionIsRefused() {
        TrackedState state = track("{}");
        assertThatIllegalArgumentException().isThrownBy(() -> state.since(1));
        assertThatIllegalArgumentException().isThrownBy(() -> state.since(-1));
    }

    @Test
    void snapshot_isWholeWhileWritersCommit() throws Exception {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{'a':0,'b':0,'list':[]}"));
        AtomicBoolean writing = new AtomicBoolean(true);
        CompletableFuture<Void> reader = inThread(() -> {
            long last = 0;
            while (writing.get()) {
                StateSnapshot snapshot = state.snapshot();
                assertThat(snapshot.revision()).isGreaterThanOrEqualTo(last);
                last = snapshot.revision();
                assertThat(snapshot.get(path("/a"))).isEqualTo(snapshot.get(path("/b")));
                assertThat(differ.fingerprint(snapshot.toJson())).isEqualTo(snapshot.fingerprint());
            }
        });
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            writers.add(inThread(() -> {
                for (int i = 0; i < 200; i++) {
                    state.edit(DifferClauses::increment);
                }
            }));
        }
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get();
        writing.set(false);
        reader.get();
        assertThat(state.revision()).isEqualTo(600);
        assertThat(state.snapshot().get(path("/a"))).isEqualTo(json("600"));
    }
}
