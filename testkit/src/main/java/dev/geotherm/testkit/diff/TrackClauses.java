package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.TrackedState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clauses about {@link StateDiffer#track}. */
abstract class TrackClauses extends DifferClauses {

    TrackClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void track_startsAtRevisionZero() {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{'a':[1]}"));
        assertThat(state.revision()).isZero();
        assertThat(state.snapshot().revision()).isZero();
        assertThat(state.snapshot().at()).isEqualTo(fixture.clock().instant());
        assertThat(state.snapshot().fingerprint()).isEqualTo(differ.fingerprint(json("{'a':[1]}")));
        assertSame(state.snapshot().toJson(), json("{'a':[1]}"));
    }

    @Test
    void track_copiesTheInitialState() {
        ObjectNode initial = (ObjectNode) json("{'a':{'b':1}}");
        TrackedState state = differ().track(initial);
        initial.withObjectProperty("a").put("b", 2);
        assertSame(state.snapshot().toJson(), json("{'a':{'b':1}}"));
    }

    @Test
    void track_leavesTheInitialStateUnchanged() {
        JsonNode initial = json("{'a':{'b':1}}");
        set(differ().track(initial), "/a/b", 2);
        assertSame(initial, json("{'a':{'b':1}}"));
    }

    @Test
    void track_afterCloseIsRefused() {
        StateDiffer differ = differ();
        differ.close();
        assertThatIllegalStateException().isThrownBy(() -> differ.track(json("1")));
    }

    @Test
    void close_closesTrackedStates() {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{}"));
        differ.close();
        assertThatIllegalStateException().isThrownBy(() -> set(state, "/a", 1));
    }

    @Test
    void track_namesTheState() {
        StateDiffer differ = differ();
        assertThat(differ.track("live", json("{}")).name()).isEqualTo("live");
        String first = differ.track(json("{}")).name();
        assertThat(differ.track(json("{}")).name()).isNotEqualTo(first);
        assertThat(differ.metrics().states()).hasSize(3).containsKeys("live", first);
    }

    @Test
    void track_aNameInUseIsRefused() {
        StateDiffer differ = differ();
        TrackedState state = differ.track("live", json("{}"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> differ.track("live", json("1")))
                .withMessageContaining("live");
        state.close();
        assertThat(differ.track("live", json("1")).revision()).isZero();
    }

    @Test
    void track_aChosenNameIsNeverInUse() {
        StateDiffer differ = differ();
        String next = differ().track(json("{}")).name();
        differ.track(next, json("{}"));
        assertThat(differ.track(json("{}")).name()).isNotEqualTo(next);
    }

    @Test
    void track_usesTheSettingsOfItsInstance() {
        require(DifferCapability.INSTANCE_SETTINGS);
        StateDiffer differ =
                fixture.differWithInstance("short", DifferLimits.usual().withHistory(3));
        for (String name : List.of("short", "long")) {
            TrackedState state = differ.track(name, json("{}"));
            for (int i = 1; i <= 10; i++) {
                set(state, "/a", i);
            }
            assertThat(state.since(6) instanceof RevisionDelta).as(name).isEqualTo(name.equals("long"));
        }
    }

    @Test
    void metrics_keepCountersOfClosedStates() {
        StateDiffer differ = differ();
        TrackedState state = differ.track("live", json("{}"));
        set(state, "/a", 1);
        state.close();
        assertThat(metrics(differ, "live").commits()).isEqualTo(1);
        set(differ.track("live", json("{}")), "/a", 1);
        assertThat(metrics(differ, "live").commits()).isEqualTo(2);
    }

    @Test
    void metrics_ofAClosedStateShowNoHistory() {
        StateDiffer differ = differ();
        TrackedState state = differ.track("live", json("{}"));
        set(state, "/a", 1);
        state.close();
        assertThat(metrics(differ, "live").historyDeltas()).isZero();
        assertThat(metrics(differ, "live").historyBytes()).isZero();
        assertThat(metrics(differ, "live").changes()).isEqualTo(1);
    }
}
