package dev.geotherm.testkit.diff;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.StateMetrics;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The base class of groups of clauses: differs, states written as JSON, and assertions. */
abstract class DifferClauses {
    private static final ObjectMapper JSON = new ObjectMapper();

    final DifferFixture fixture;

    DifferClauses(DifferFixture fixture) {
        this.fixture = fixture;
    }

    final StateDiffer differ() {
        return differ(DifferLimits.usual());
    }

    final StateDiffer differ(DifferLimits limits) {
        return fixture.differ(limits);
    }

    final StateDiffer shaped(UnaryOperator<DeltaShape> shape) {
        return differ(DifferLimits.usual().withShape(shape.apply(DeltaShape.usual())));
    }

    final TrackedState track(String state) {
        return differ().track(json(state));
    }

    static StateMetrics metrics(StateDiffer differ, String state) {
        return requireNonNull(differ.metrics().states().get(state));
    }

    final void require(DifferCapability capability) {
        assumeTrue(fixture.has(capability), () -> "without " + capability);
    }

    /** Parses a state from JSON with single quotes. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }

    static Pointer path(String text) {
        return Pointer.parse(text);
    }

    static RevisionDelta set(TrackedState state, String at, int value) {
        return state.edit(editor -> editor.set(path(at), IntNode.valueOf(value)));
    }

    /** Adds one to each of the equal members a and b. */
    static void increment(StateEditor editor) {
        JsonNode value = editor.get(path("/a"));
        IntNode next = IntNode.valueOf(value == null ? 1 : value.intValue() + 1);
        editor.set(path("/a"), next).set(path("/b"), next);
    }

    static List<ChangeKind> kinds(StateDelta delta) {
        return delta.changes().stream().map(Change::kind).toList();
    }

    static List<String> places(StateDelta delta) {
        return delta.changes().stream()
                .map(change -> change.kind() + " " + change.path())
                .toList();
    }

    /** Runs work in a new thread, because the common pool may have only one thread, which a reader keeps busy. */
    static CompletableFuture<Void> inThread(Runnable work) {
        return CompletableFuture.runAsync(work, task -> {
            Thread thread = new Thread(task, "contract");
            thread.setDaemon(true);
            thread.start();
        });
    }

    static void assertExact(StateDiffer differ, JsonNode a, JsonNode b) {
        StateDelta delta = differ.diff(a, b);
        assertSame(delta.applyTo(a), b);
        assertThat(delta.isEmpty()).isEqualTo(JsonEquality.same(a, b));
    }

    /** Asserts that both values exist and are equal. */
    static void assertSame(@Nullable JsonNode actual, @Nullable JsonNode expected) {
        // The fast, exact comparison comes first, because the failure message may be large.
        if (actual == null || expected == null || !JsonEquality.same(actual, expected)) {
            assertThat(actual).isEqualTo(expected);
            throw new AssertionError("not the same: " + actual + " and " + expected);
        }
    }
}
