package dev.geotherm.diff.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.geotherm.api.Settings;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.TestSettings;
import dev.geotherm.diff.TreeDifferSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bounds of the history. */
class DeltaHistoryTest {
    private static RevisionDelta delta(long base, Instant at) {
        StateDelta delta = new StateDelta(List.of(Change.added(Pointer.of("k" + base), IntNode.valueOf(1))));
        return new RevisionDelta(base, base + 1, at, new Fingerprint(base, 1), delta);
    }

    @Test
    void add_agesAreExactWithinASecond() {
        StateOptions bounds = TestSettings.ofState(TestSettings.with("historyAge", "1s"));
        DeltaHistory history = new DeltaHistory();
        history.add(delta(0, Instant.ofEpochMilli(100_500)), 1, bounds);
        history.add(delta(1, Instant.ofEpochMilli(101_500)), 1, bounds);
        assertThat(history.next(0)).isNotNull();
        history.add(delta(2, Instant.ofEpochMilli(101_501)), 1, bounds);
        assertThat(history.next(0)).isNull();
        assertThat(history.next(1)).isNotNull();
    }

    @Test
    void add_boundsBytesAndNumberAsTheRingGrows() {
        StateOptions bounds = TestSettings.ofState(
                Settings.of(TreeDifferSettings.class, Map.of("historyBytes", "1000B", "historyRevisions", "300")));
        DeltaHistory history = new DeltaHistory();
        for (int base = 0; base < 1_000; base++) {
            history.add(delta(base, Instant.EPOCH), base < 500 ? 1 : 10, bounds);
            // Up to revision 500 the number is the tighter bound, at the end the bytes are.
            int kept = base < 500 ? Math.min(300, base + 1) : 0;
            if (kept > 0) {
                assertThat(history.next(base + 1 - kept)).isNotNull();
                assertThat(history.next(base - kept)).isNull();
            }
        }
        assertThat(history.next(900)).isNotNull();
        assertThat(history.next(899)).isNull();
    }
}
