package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.RandomCases;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Clauses about {@link TrackedState#edit} and {@link StateEditor}. */
abstract class EditClauses extends DifferClauses {
    private static final int CASES = 60;

    EditClauses(DifferFixture fixture) {
        super(fixture);
    }

    private void assertEdit(String before, Consumer<StateEditor> edits, String after) {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json(before));
        RevisionDelta delta = state.edit(edits);
        assertThat(delta.base()).isZero();
        assertThat(delta.revision()).isEqualTo(1).isEqualTo(state.revision());
        assertSame(state.snapshot().toJson(), json(after));
        assertSame(delta.delta().applyTo(json(before)), json(after));
        assertSame(delta.delta().invert().applyTo(json(after)), json(before));
        assertThat(delta.fingerprint()).isEqualTo(differ.fingerprint(json(after)));
        assertThat(state.snapshot().fingerprint()).isEqualTo(delta.fingerprint());
    }

    private void assertMisfit(String before, Consumer<StateEditor> edits) {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json(before));
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> state.edit(editor -> edits.accept(editor.set(path("/first"), IntNode.valueOf(1)))));
        assertThat(state.revision()).isZero();
        assertSame(state.snapshot().toJson(), json(before));
        assertThat(state.snapshot().fingerprint()).isEqualTo(differ.fingerprint(json(before)));
    }

    @Test
    void set_replacesOrAddsAMember() {
        assertEdit(
                "{'a':1}",
                e -> e.set(path("/a"), json("[2]")).set(path("/"), json("{}")).set(path("//-"), json("null")),
                "{'a':[2],'':{'-':null}}");
        assertEdit("[1,2]", e -> e.set(path("/1"), json("3")), "[1,3]");
        assertEdit("[1,2]", e -> e.set(Pointer.ROOT, json("{}")), "{}");
    }

    @Test
    void set_withoutAParentIsRefused() {
        assertMisfit("{'a':[1]}", e -> e.set(path("/a/1"), json("2")));
        assertMisfit("{'a':[1]}", e -> e.set(path("/a/00"), json("2")));
        assertMisfit("{'a':1}", e -> e.set(path("/a/b"), json("2")));
        assertMisfit("{'a':1}", e -> e.set(path("/b/c"), json("2")));
    }

    @Test
    void insert_shiftsLaterElements() {
        assertEdit(
                "{'a':[1,{'x':2}]}",
                e -> e.insert(path("/a/0"), json("0")).insert(path("/a/2"), json("[]")),
                "{'a':[0,1,[],{'x':2}]}");
    }

    @Test
    void insert_afterTheLastElementAppends() {
        assertEdit(
                "{'a':[1]}", e -> e.insert(path("/a/-"), json("2")).insert(path("/a/2"), json("3")), "{'a':[1,2,3]}");
    }

    @Test
    void insert_outsideAnArrayIsRefused() {
        assertMisfit("{'a':[1]}", e -> e.insert(path("/a/2"), json("2")));
        assertMisfit("{'a':{}}", e -> e.insert(path("/a/0"), json("2")));
        assertMisfit("{'a':{}}", e -> e.insert(Pointer.ROOT, json("2")));
    }

    @Test
    void remove_closesTheGap() {
        assertEdit(
                "{'a':[1,{'x':2},3],'b':{}}",
                e -> e.remove(path("/a/0")).remove(path("/b")).remove(path("/a/0/x")),
                "{'a':[{},3]}");
    }

    @Test
    void remove_ofNothingIsRefused() {
        assertMisfit("{'a':[1]}", e -> e.remove(path("/b")));
        assertMisfit("{'a':[1]}", e -> e.remove(path("/a/1")));
        assertMisfit("{'a':[1]}", e -> e.remove(path("/a/-")));
        assertMisfit("{'a':[1]}", e -> e.remove(Pointer.ROOT));
    }

    @Test
    void move_removesAndInserts() {
        assertEdit(
                "{'a':[1,2,3],'b':{'c':4},'d':5}",
                e -> e.move(path("/a/0"), path("/a/2"))
                        .move(path("/b/c"), path("/a/-"))
                        .move(path("/d"), path("/b")),
                "{'a':[2,3,1,4],'b':5}");
        assertEdit("[[0],[1],[2]]", e -> e.move(path("/0"), path("/1/0")), "[[1],[[0],2]]");
    }

    @Test
    void move_withoutATargetIsRefused() {
        assertMisfit("{'a':{'b':1}}", e -> e.move(path("/a"), path("/a/b")));
        assertMisfit("{'a':{'b':1}}", e -> e.move(path("/x"), path("/y")));
        assertMisfit("{'a':[1],'b':2}", e -> e.move(path("/b"), path("/a/2")));
        assertMisfit("{'a':[1],'b':2}", e -> e.move(path("/a"), path("/b/c")));
        assertMisfit("{'a':1}", e -> e.move(path("/a"), Pointer.ROOT));
    }

    @Test
    void edit_seesEarlierEdits() {
        TrackedState state = track("{'a':[1]}");
        state.edit(editor -> {
            editor.insert(path("/a/0"), json("{'x':0}")).set(path("/a/0/x"), json("7"));
            assertThat(editor.get(path("/a/0/x"))).isEqualTo(json("7"));
            assertThat(editor.get(path("/a/2"))).isNull();
            assertThat(editor.get(Pointer.ROOT)).isEqualTo(json("{'a':[{'x':7},1]}"));
        });
    }

    @Test
    void edit_thatThrowsChangesNothing() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode initial = json("{'list':[1,2,3],'map':{'a':{'b':1}}}");
            TrackedState state = differ.track(initial);
            IllegalCallerException thrown = new IllegalCallerException("wanted");
            assertThatExceptionOfType(IllegalCallerException.class)
                    .isThrownBy(() -> state.edit(editor -> {
                        RandomEdits.make(editor, random, 12);
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            assertThat(state.revision()).isZero();
            assertSame(state.snapshot().toJson(), initial);
            assertThat(state.snapshot().fingerprint()).isEqualTo(differ.fingerprint(initial));
        });
    }

    @Test
    void edit_withoutEffectMakesNoRevision() {
        TrackedState state = track("{'a':1,'b':[1]}");
        for (Consumer<StateEditor> edits : List.<Consumer<StateEditor>>of(
                editor -> {},
                editor -> editor.set(path("/a"), json("1")),
                editor -> editor.move(path("/b"), path("/b")),
                editor -> editor.set(path("/c"), json("1")).remove(path("/c")))) {
            RevisionDelta delta = state.edit(edits);
            assertThat(delta.delta().isEmpty()).isTrue();
            assertThat(delta.revision()).isZero();
        }
        assertThat(state.revision()).isZero();
    }

    @Test
    void edit_deltaIsExact() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            TrackedState state = differ.track(json("{'list':[1,2],'map':{}}"));
            for (int i = 0; i < 8; i++) {
                JsonNode before = state.snapshot().toJson();
                RevisionDelta delta = state.edit(editor -> RandomEdits.make(editor, random, 6));
                JsonNode after = state.snapshot().toJson();
                assertSame(delta.delta().applyTo(before), after);
                assertSame(delta.delta().invert().applyTo(after), before);
                assertThat(delta.fingerprint()).isEqualTo(differ.fingerprint(after));
            }
        });
    }

    @Test
    void edit_recordsOldValuesOnlyIfReversible() {
        require(DifferCapability.REVERSIBLE);
        StateDiffer differ =
                differ(DifferLimits.usual().withShape(DeltaShape.usual().irreversible()));
        JsonNode before = json("{'a':1,'b':[1,{'c':2}],'d':'x','e':0}");
        TrackedState state = differ.track(before);
        List<RevisionDelta> made = List.of(
                state.edit(editor -> editor.set(path("/a"), json("2")).remove(path("/b/1/c"))),
                state.edit(editor -> editor.set(path("/b"), json("[]")).move(path("/e"), path("/a"))),
                state.commit(json("{'a':5,'d':'y'}")));
        for (RevisionDelta delta : made) {
            assertThat(delta.delta().changes())
                    .isNotEmpty()
                    .allSatisfy(change -> assertThat(change.before()).isNull());
        }
        assertThat(state.since(0))
                .isInstanceOfSatisfying(
                        RevisionDelta.class, all -> assertSame(all.delta().applyTo(before), json("{'a':5,'d':'y'}")));
    }

    @Test
    void edit_ofALongTextIsASplice() {
        require(DifferCapability.TEXT_SPLICES);
        String text = "a word ".repeat(1000);
        JsonNode before = JsonNodeFactory.instance.objectNode().put("text", text);
        JsonNode after = JsonNodeFactory.instance.objectNode().put("text", text + "!");
        for (int from : new int[] {100, 0}) {
            StateDiffer differ =
                    differ(DifferLimits.usual().withShape(DeltaShape.usual().splicingFrom(from)));
            StateDelta delta = differ.track(before)
                    .edit(editor -> editor.set(path("/text"), after.get("text")))
                    .delta();
            assertThat(delta.changes())
                    .extracting(Change::kind)
                    .containsExactly(from == 0 ? ChangeKind.MODIFIED : ChangeKind.TEXT_SPLICED);
            assertSame(delta.applyTo(before), after);
            assertSame(delta.invert().applyTo(after), before);
        }
    }

    @Test
    void edit_ofInvalidJsonIsRefused() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        JsonNode before = json("{'l':[]}");
        TrackedState state = differ().track(before);
        for (JsonNode foreign : List.of(
                nodes.numberNode(Double.NaN),
                nodes.numberNode(Float.NEGATIVE_INFINITY),
                nodes.missingNode(),
                nodes.pojoNode(Duration.ZERO),
                nodes.binaryNode(new byte[] {1}))) {
            JsonNode around = nodes.arrayNode()
                    .add(1)
                    .add(nodes.objectNode().set("in/side", nodes.arrayNode().add(foreign)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> state.edit(
                            editor -> editor.set(path("/x"), IntNode.valueOf(1)).set(path("/heat"), foreign)))
                    .withMessageContaining("'/heat'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> state.edit(editor -> editor.insert(path("/l/0"), around)))
                    .withMessageContaining("'/l/0/1/in~1side/0'");
            assertThatIllegalArgumentException().isThrownBy(() -> state.commit(around));
            assertThatIllegalArgumentException().isThrownBy(() -> differ().track(around));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> state.edit(editor -> editor.object(Pointer.ROOT).set("heat", Double.POSITIVE_INFINITY)))
                .withMessageContaining("Infinity");
        assertThat(state.revision()).isZero();
        assertSame(state.snapshot().toJson(), before);
    }

    @Test
    void edit_revisionHasTheTimeOfItsCommit() {
        TrackedState state = track("{}");
        fixture.clock().advance(Duration.ofMinutes(3));
        assertThat(set(state, "/a", 1).at()).isEqualTo(fixture.clock().instant());
        assertThat(state.snapshot().at()).isEqualTo(fixture.clock().instant());
    }

    @Test
    void edit_afterCloseIsRefused() {
        TrackedState state = track("{}");
        state.close();
        state.close();
        assertThatIllegalStateException().isThrownBy(() -> set(state, "/a", 1));
        assertThatIllegalStateException().isThrownBy(() -> state.commit(json("1")));
    }

    @Test
    void metrics_countCommitsAndChanges() {
        StateDiffer differ = differ();
        TrackedState state = differ.track("counted", json("{}"));
        RevisionDelta first = set(state, "/a", 1);
        set(state, "/a", 1);
        RevisionDelta second =
                state.edit(editor -> editor.set(path("/b"), json("1")).set(path("/c"), json("1")));
        int changes = first.delta().changes().size() + second.delta().changes().size();
        assertThat(changes).isEqualTo(fixture.has(DifferCapability.DETAILS) ? 3 : 2);
        assertThat(differ.metrics().states()).hasEntrySatisfying("counted", metrics -> {
            assertThat(metrics.commits()).isEqualTo(2);
            assertThat(metrics.changes()).isEqualTo(changes);
            assertThat(metrics.historyDeltas()).isEqualTo(2);
            assertThat(metrics.historyBytes()).isPositive();
        });
    }
}
