package dev.geotherm.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDeltaTest {

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static StateDelta patch(String patch, String state) {
        return StateDelta.ofJsonPatch(json(patch), json(state));
    }

    private static StateDelta replacing(JsonNode before, JsonNode after) {
        return new StateDelta(List.of(Change.replaced(ChangeKind.MODIFIED, Pointer.of("a"), before, after, 1)));
    }

    private static DecimalNode decimal(String text) {
        return DecimalNode.valueOf(new BigDecimal(text));
    }

    @Test
    void change_requiresThePartsOfItsKind() {
        Pointer a = Pointer.of("a");
        IntNode one = IntNode.valueOf(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Change(ChangeKind.ADDED, a, null, null, null, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Change(ChangeKind.REMOVED, a, null, one, one, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Change(ChangeKind.MOVED, a, null, null, null, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Change(ChangeKind.MODIFIED, a, a, one, one, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Change(ChangeKind.ADDED, a, null, null, one, 1.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Change(ChangeKind.ADDED, a, null, null, one, Double.NaN));
    }

    @Test
    void change_equalsIfValuesAreEqual() {
        assertThat(Change.added(Pointer.of("a"), IntNode.valueOf(5)))
                .isEqualTo(Change.added(Pointer.parse("/a"), LongNode.valueOf(5)))
                .hasSameHashCodeAs(Change.added(Pointer.parse("/a"), LongNode.valueOf(5)))
                .isNotEqualTo(Change.added(Pointer.of("a"), DoubleNode.valueOf(5)))
                .isNotEqualTo(Change.removed(Pointer.of("a"), IntNode.valueOf(5)));
        assertThat(Change.moved(Pointer.of("a"), Pointer.of("b"))).hasToString("MOVED at '/b' from '/a'");
    }

    @Test
    void same_comparesNumbersAsJsonWritesThem() {
        assertThat(JsonEquality.same(IntNode.valueOf(5), LongNode.valueOf(5))).isTrue();
        assertThat(JsonEquality.same(FloatNode.valueOf(0.1f), DoubleNode.valueOf(0.1)))
                .isTrue();
        assertThat(JsonEquality.same(decimal("0.1"), DoubleNode.valueOf(0.1))).isTrue();
        assertThat(JsonEquality.same(IntNode.valueOf(1), DoubleNode.valueOf(1))).isFalse();
        assertThat(JsonEquality.same(decimal("0.1"), decimal("0.10"))).isFalse();
        assertThat(JsonEquality.same(DoubleNode.valueOf(0.0), DoubleNode.valueOf(-0.0)))
                .isFalse();
    }

    @Test
    void applyTo_acceptsOldNumbersReadAsAnotherType() {
        IntNode after = IntNode.valueOf(7);
        StateDelta fromDouble = replacing(DoubleNode.valueOf(0.1234567890123456789), after);
        JsonNode decimals = JsonNodeFactory.instance.objectNode().set("a", decimal("0.1234567890123456789"));
        assertThat(fromDouble.applyTo(decimals)).isEqualTo(json("{'a':7}"));
        assertThat(replacing(decimal("100"), after).applyTo(json("{'a':1e2}"))).isEqualTo(json("{'a':7}"));
        assertThat(replacing(LongNode.valueOf(5), after).applyTo(json("{'a':5}")))
                .isEqualTo(json("{'a':7}"));
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> replacing(DoubleNode.valueOf(5), after).applyTo(json("{'a':5}")))
                .withMessageContaining("change 0")
                .withMessageContaining("'/a'")
                .withMessageContaining("5.0");
    }

    @Test
    void applyTo_modifiesNeitherStateNorDelta() {
        JsonNode before = json("{'a':{'b':1},'c':[1]}");
        StateDelta delta = patch(
                "[{'op':'copy','from':'/a','path':'/d'},{'op':'replace','path':'/d/b','value':2},"
                        + "{'op':'move','from':'/c','path':'/a/c'},{'op':'add','path':'/a/c/-','value':2}]",
                before.toString());
        String text = delta.toJsonPatch().toString();
        assertThat(delta.applyTo(before)).isEqualTo(json("{'a':{'b':1,'c':[1,2]},'d':{'b':2}}"));
        assertThat(before).isEqualTo(json("{'a':{'b':1},'c':[1]}"));
        assertThat(delta.toJsonPatch()).hasToString(text);
        assertThat(delta.invert().applyTo(delta.applyTo(before))).isEqualTo(before);
    }

    @Test
    void applyTo_changeThatDoesNotApplyIsRefused() {
        JsonNode state = json("{'a':[1],'b':2}");
        for (Change change : List.of(
                Change.added(Pointer.ROOT, json("1")),
                Change.added(Pointer.parse("/b"), json("1")),
                Change.added(Pointer.parse("/a/-"), json("1")),
                Change.added(Pointer.parse("/a/2"), json("1")),
                Change.added(Pointer.parse("/b/c"), json("1")),
                Change.removed(Pointer.parse("/c"), null),
                Change.removed(Pointer.parse("/a/1"), null),
                Change.removed(Pointer.parse("/b"), json("3")),
                Change.moved(Pointer.parse("/a"), Pointer.parse("/a/0")),
                Change.moved(Pointer.parse("/a"), Pointer.parse("/b")))) {
            assertThatExceptionOfType(DeltaException.class)
                    .isThrownBy(() -> new StateDelta(List.of(change)).applyTo(state))
                    .withMessageContaining("change 0");
        }
    }

    private static StateDelta splicing(String piece, int start, String text) {
        TextSplice splice = new TextSplice(start, piece.length(), text);
        return new StateDelta(List.of(Change.spliced(Pointer.of("a"), TextNode.valueOf(piece), splice, 0.5)));
    }

    @Test
    void applyTo_removalOfMissingStateIsRefused() {
        Change taken = Change.removed(Pointer.ROOT, null);
        Change replaced = Change.replaced(ChangeKind.MODIFIED, Pointer.ROOT, null, IntNode.valueOf(2), 1);
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> new StateDelta(List.of(taken, taken)).applyTo(IntNode.valueOf(1)))
                .withMessageContaining("no value at this path");
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> new StateDelta(List.of(taken, replaced)).applyTo(IntNode.valueOf(1)))
                .withMessageContaining("no value at this path");
    }

    @Test
    void applyTo_spliceReplacesARangeOfAText() {
        JsonNode before = json("{'a':'one two three'}");
        JsonNode after = json("{'a':'one 2 three'}");
        StateDelta delta = splicing("two", 4, "2");
        assertThat(delta.applyTo(before)).isEqualTo(after);
        assertThat(delta.invert().applyTo(after)).isEqualTo(before);
        assertThat(delta.invert().invert()).isEqualTo(delta);
        assertThat(splicing("", 0, "x").applyTo(before)).isEqualTo(json("{'a':'xone two three'}"));
        assertThat(splicing("three", 8, "").applyTo(before)).isEqualTo(json("{'a':'one two '}"));
    }

    @Test
    void applyTo_spliceThatDoesNotApplyIsRefused() {
        for (StateDelta delta : List.of(splicing("two", 5, "2"), splicing("eee", 12, ""), splicing("", 14, "x"))) {
            assertThatExceptionOfType(DeltaException.class)
                    .isThrownBy(() -> delta.applyTo(json("{'a':'one two three'}")))
                    .withMessageContaining("change 0")
                    .withMessageContaining("'/a'");
            assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> delta.applyTo(json("{'a':[1]}")));
            assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> delta.applyTo(json("{}")));
        }
        Pointer a = Pointer.of("a");
        TextSplice splice = new TextSplice(1, 2, "x");
        assertThatIllegalArgumentException().isThrownBy(() -> Change.spliced(a, json("'abc'"), splice, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Change.spliced(a, json("12"), splice, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Change(ChangeKind.TEXT_SPLICED, a, null, null, null, null, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Change(ChangeKind.MODIFIED, a, null, null, json("1"), splice, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new TextSplice(-1, 0, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new TextSplice(2, Integer.MAX_VALUE, ""));
    }

    private static StateDelta composed(String first, String next, String state) {
        StateDelta one = patch(first, state);
        StateDelta two = StateDelta.ofJsonPatch(json(next), one.applyTo(json(state)));
        StateDelta both = StateDelta.compose(one, two);
        assertThat(both.applyTo(json(state))).isEqualTo(two.applyTo(one.applyTo(json(state))));
        assertThat(both.invert().applyTo(both.applyTo(json(state)))).isEqualTo(json(state));
        return both;
    }

    @Test
    void compose_dropsChangesThatCancelOut() {
        assertThat(composed("[{'op':'add','path':'/a','value':1}]", "[{'op':'remove','path':'/a'}]", "{}")
                        .isEmpty())
                .isTrue();
        assertThat(composed("[{'op':'remove','path':'/a'}]", "[{'op':'add','path':'/a','value':1}]", "{'a':1}")
                        .isEmpty())
                .isTrue();
        assertThat(composed("[{'op':'add','path':'/0','value':1}]", "[{'op':'remove','path':'/0'}]", "[2]")
                        .isEmpty())
                .isTrue();
        assertThat(composed(
                                "[{'op':'move','from':'/0','path':'/1'}]",
                                "[{'op':'move','from':'/1','path':'/0'}]",
                                "[1,2]")
                        .isEmpty())
                .isTrue();
        assertThat(composed(
                                "[{'op':'replace','path':'/a','value':1}]",
                                "[{'op':'replace','path':'/a','value':2}]",
                                "{'a':2}")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void compose_mergesChangesOfOneValue() {
        assertThat(composed(
                                "[{'op':'add','path':'/a','value':{'x':[1]}}]",
                                "[{'op':'add','path':'/a/x/-','value':2},{'op':'move','from':'/a/x','path':'/a/y'}]",
                                "{}")
                        .changes())
                .containsExactly(Change.added(Pointer.of("a"), json("{'y':[1,2]}")));
        assertThat(composed("[{'op':'remove','path':'/a/x'}]", "[{'op':'remove','path':'/a'}]", "{'a':{'x':1,'y':2}}")
                        .changes())
                .containsExactly(Change.removed(Pointer.of("a"), json("{'x':1,'y':2}")));
        assertThat(composed(
                                "[{'op':'remove','path':'/a/1'},{'op':'replace','path':'/a/1/x','value':4}]",
                                "[{'op':'add','path':'/a/0','value':0},{'op':'replace','path':'/a','value':1}]",
                                "{'a':[1,2,{'x':3}]}")
                        .changes())
                .hasSize(1);
    }

    @Test
    void compose_doesNotMergeAcrossArrayShifts() {
        composed(
                "[{'op':'add','path':'/0','value':1},{'op':'replace','path':'/1/x','value':2}]",
                "[{'op':'remove','path':'/0'},{'op':'replace','path':'/0/x','value':3}]",
                "[{'x':1},{'x':5}]");
        composed("[{'op':'remove','path':'/0'}]", "[{'op':'remove','path':'/0'}]", "[1,2,3]");
        composed(
                "[{'op':'remove','path':'/0'},{'op':'replace','path':'/0','value':9}]",
                "[{'op':'add','path':'/0','value':1}]",
                "[1,2,3]");
        composed(
                "[{'op':'move','from':'/a/x','path':'/b'},{'op':'add','path':'/a/x','value':9}]",
                "[{'op':'remove','path':'/a'},{'op':'replace','path':'/b/z','value':2}]",
                "{'a':{'x':{'z':1}}}");
    }

    @Test
    void compose_dropsAMoveThatIsUndone() {
        String there = "{'op':'move','from':'/l/0','path':'/l/2'}";
        String back = "{'op':'move','from':'/l/2','path':'/l/0'}";
        assertThat(composed(
                                "[" + there + "," + back + "]",
                                "[{'op':'replace','path':'/l','value':[]}]",
                                "{'l':[1,2,3]}")
                        .changes())
                .containsExactly(
                        Change.replaced(ChangeKind.ARRAY_RESIZED, Pointer.of("l"), json("[1,2,3]"), json("[]"), 1));
        assertThat(composed(
                                "[{'op':'replace','path':'/l/1','value':0}," + there + "]",
                                "[" + back + ",{'op':'remove','path':'/l/1'},{'op':'replace','path':'/l','value':{}}]",
                                "{'l':[1,2,3]}")
                        .changes())
                .hasSize(1);
        composed(
                "[" + there + "," + back + ",{'op':'add','path':'/l/0','value':9},{'op':'remove','path':'/l/0'}]",
                "[{'op':'add','path':'/x','value':1},{'op':'remove','path':'/l'}]",
                "{'l':[1,2,3]}");
    }

    @Test
    void invert_undoesAMoveOutOfAnElementToItsPosition() {
        for (String[] move : new String[][] {
            {"[{'a':1}]", "/0/a", "/0"},
            {"{'l':[0,[[],{'x':{'y':2}}],3]}", "/l/1/1/x/y", "/l/1"},
            {"[[1,2]]", "/0/1", "/0"}
        }) {
            JsonNode before = json(move[0]);
            StateDelta delta =
                    patch("[{'op':'move','from':'" + move[1] + "','path':'" + move[2] + "'}]", before.toString());
            JsonNode after = delta.applyTo(before);
            assertThat(delta.invert().applyTo(after)).isEqualTo(before);
            assertThat(StateDelta.ofJsonPatch(delta.invert().toJsonPatch(), after)
                            .applyTo(after))
                    .isEqualTo(before);
            assertThat(delta.invert().invert().applyTo(before)).isEqualTo(after);
            StateDelta broken = delta.andThen(new StateDelta(List.of(Change.removed(Pointer.of("none"), null))));
            JsonNode untouched = before.deepCopy();
            assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> broken.applyInPlace(untouched));
            assertThat(untouched).isEqualTo(before);
        }
        composed(
                "[{'op':'move','from':'/0/0/a','path':'/0/0'}]",
                "[{'op':'replace','path':'/0','value':1}]",
                "[[{'a':1}]]");
    }

    @Test
    void compose_mergesAdjacentSplices() {
        JsonNode state = json("{'a':'0123456789'}");
        for (StateDelta next : List.of(
                splicing("YZ", 4, ""), splicing("12XYZ6", 1, "--"), splicing("2X", 2, "+"), splicing("Z6", 5, "+"))) {
            StateDelta first = splicing("345", 3, "XYZ");
            StateDelta both = StateDelta.compose(first, next);
            assertThat(both.changes()).hasSize(1);
            assertThat(both.applyTo(state)).isEqualTo(next.applyTo(first.applyTo(state)));
            assertThat(both.invert().applyTo(both.applyTo(state))).isEqualTo(state);
        }
        StateDelta apart = StateDelta.compose(splicing("12", 1, "x"), splicing("78", 6, "y"));
        assertThat(apart.applyTo(state)).isEqualTo(json("{'a':'0x3456y9'}"));
        StateDelta replaced = StateDelta.compose(apart, replacing(json("'0x3456y9'"), json("'new'")));
        assertThat(replaced.changes()).hasSize(1);
        assertThat(replaced.invert().applyTo(json("{'a':'new'}"))).isEqualTo(state);
        assertThat(StateDelta.compose(splicing("12", 1, "x"), splicing("x", 1, "12"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void toJsonPatch_replacesSplicedTexts() {
        JsonNode before =
                json("{'a':'one two three','b':'a text that is long enough to be left where it is in the state,"
                        + " since a patch of the whole state would have to repeat it'}");
        StateDelta delta = splicing("two", 4, "2").andThen(splicing("2", 4, "zwei"));
        assertThat(delta.toJsonPatch(before))
                .isEqualTo(json("[{'op':'replace','path':'/a','value':'one 2 three'},"
                        + "{'op':'replace','path':'/a','value':'one zwei three'}]"));
        assertThat(delta.withWholeTexts(before).invert().applyTo(delta.applyTo(before)))
                .isEqualTo(before);
        assertThat(delta.withWholeTexts(before).withWholeTexts(json("1"))).isEqualTo(delta.withWholeTexts(before));
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(delta::toJsonPatch)
                .withMessageContaining("'/a'");
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> delta.toJsonPatch(json("{'a':'other'}")))
                .withMessageContaining("change 0");
    }

    @Test
    void applyInPlace_appliesAllChangesOrNone() {
        String text = "{'a':{'b':[1,{'c':2}]},'d':'abc','e':[1,2,3]}";
        String patch = "[{'op':'replace','path':'/a/b/1/c','value':{'x':1}},{'op':'add','path':'/a/b/1/c/y','value':2},"
                + "{'op':'move','from':'/a/b','path':'/e/0'},{'op':'remove','path':'/e/2'},{'op':'remove','path':'/d'}]";
        StateDelta delta = patch(patch, text);
        JsonNode carried = delta.changes().get(0).after();
        JsonNode state = json(text);
        assertThat(delta.applyInPlace(state)).isSameAs(state).isEqualTo(delta.applyTo(json(text)));
        assertThat(carried).isEqualTo(json("{'x':1}"));
        JsonNode untouched = json(text);
        StateDelta broken = delta.andThen(new StateDelta(List.of(Change.removed(Pointer.of("none"), null))));
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> broken.applyInPlace(untouched))
                .withMessageContaining("change " + delta.changes().size())
                .withMessageContaining("/none");
        assertThat(untouched).isEqualTo(json(text));
        assertThat(carried).isEqualTo(json("{'x':1}"));
        assertThat(replacing(IntNode.valueOf(1), IntNode.valueOf(2)).applyInPlace(json("{'a':1}")))
                .isEqualTo(json("{'a':2}"));
    }

    @Test
    void invert_withoutOldValuesIsRefused() {
        StateDelta delta = new StateDelta(List.of(Change.removed(Pointer.of("a"), null)));
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(delta::invert)
                .withMessageContaining("/a");
    }

    @Test
    void andThen_appliesBothDeltas() {
        StateDelta both = patch("[{'op':'add','path':'/a','value':1}]", "{}")
                .andThen(patch("[{'op':'remove','path':'/a'}]", "{'a':1}"));
        assertThat(both.changes()).hasSize(2);
        assertThat(both.applyTo(json("{}"))).isEqualTo(json("{}"));
        assertThat(StateDelta.empty().isEmpty()).isTrue();
    }

    @Test
    void ofJsonPatch_readsEveryOperation() {
        assertThat(patch("[{'op':'add','path':'/a','value':'x'}]", "{'a':1}").changes())
                .containsExactly(
                        Change.replaced(ChangeKind.TYPE_CHANGED, Pointer.of("a"), IntNode.valueOf(1), json("'x'"), 1));
        assertThat(patch("[{'op':'add','path':'/a/-','value':2}]", "{'a':[1]}").changes())
                .containsExactly(Change.added(Pointer.of("a", "1"), IntNode.valueOf(2)));
        assertThat(patch("[{'op':'test','path':'/a','value':1.0},{'op':'replace','path':'/a','value':1}]", "{'a':1}")
                        .isEmpty())
                .isTrue();
        StateDelta shifted = patch("[{'op':'move','from':'/0','path':'/1/x'}]", "[1,{},{'x':2}]");
        assertThat(shifted.applyTo(json("[1,{},{'x':2}]"))).isEqualTo(json("[{},{'x':1}]"));
        assertThat(shifted.invert().applyTo(json("[{},{'x':1}]"))).isEqualTo(json("[1,{},{'x':2}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "[{}]",
                "[{'op':1,'path':'/a'}]",
                "[{'op':'add','path':'/a'}]",
                "[{'op':'add','path':'a','value':1}]",
                "[{'op':'add','path':null,'value':1}]",
                "[{'op':'merge','path':'/a','value':1}]",
                "[{'op':'move','path':'/a'}]",
                "[{'op':'copy','path':'/x','from':'/y'}]",
                "[{'op':'remove','path':'/x'}]",
                "[{'op':'replace','path':'/x','value':1}]",
                "[{'op':'add','path':'/list/01','value':1}]",
                "[{'op':'add','path':'/list/3','value':1}]",
                "[{'op':'move','from':'/list','path':'/list/0'}]",
                "[{'op':'test','path':'/a','value':2}]"
            })
    void ofJsonPatch_invalidPatchIsRefused(String patch) {
        assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> patch(patch, "{'a':1,'list':[1,2]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'copy','from':'/a','path':'/a/-'}",
                "{'op':'copy','from':'','path':'/b'},{'op':'copy','from':'','path':'/c'}",
                "{'op':'copy','from':'/a/0','path':'/t'},{'op':'copy','from':'/a','path':'/a/-'}"
            })
    void ofJsonPatch_copiesOfCopiesAreBounded(String copies) {
        String patch = "[" + String.join(",", Collections.nCopies(60, copies)) + "]";
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> patch(patch, "{'a':['x']}"))
                .withMessageContaining("operation ")
                .withMessageContaining("copy at '")
                .withMessageContaining("the copy operations of this patch exceed the limit of");
    }

    @Test
    void ofJsonPatch_copiedTextCountsByItsLength() {
        String state = "{'a':'" + "x".repeat(1_000_000) + "'}";
        String copy = "{'op':'copy','from':'/a','path':'/b'}";
        assertThat(patch("[" + copy + "," + copy + "]", state).changes()).hasSize(1);
        String many = "[" + String.join(",", Collections.nCopies(9, copy)) + "]";
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> patch(many, state))
                .withMessageContaining("operation 8: copy at '/b'");
    }

    @Test
    void ofJsonPatch_largeStateCanBeCopiedSeveralTimes() {
        StringBuilder elements = new StringBuilder("1");
        for (int i = 0; i < 1_000_000; i++) {
            elements.append(",1");
        }
        String state = "{'a':[" + elements + "]}";
        StringBuilder copies = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            copies.append(i == 0 ? "" : ",").append("{'op':'copy','from':'/a','path':'/b" + i + "'}");
        }
        assertThat(patch("[" + copies + "]", state).changes()).hasSize(4);
    }

    @Test
    void ofJsonPatch_longPathsAreShortenedInMessagesAndBounded() {
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> patch("[{'op':'remove','path':'" + "/a".repeat(10_001) + "'}]", "{}"))
                .withMessageContaining("operation 0: 'path' has 10001 steps, the limit is 10000")
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(500));
        for (String path : List.of("/a".repeat(9_999), "/" + "x".repeat(100_000), "x".repeat(100_000))) {
            assertThatExceptionOfType(DeltaException.class)
                    .isThrownBy(() -> patch("[{'op':'remove','path':'" + path + "'}]", "{}"))
                    .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(1_000));
        }
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> new StateDelta(List.of(Change.removed(Pointer.parse("/a".repeat(9_999)), null)))
                        .applyTo(json("{}")))
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(500));
    }

    @Test
    void delta_supportsThousandsOfLevels() {
        JsonNode deep = IntNode.valueOf(1);
        JsonNode other = IntNode.valueOf(2);
        for (int i = 0; i < 20_000; i++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep);
            other = JsonNodeFactory.instance.arrayNode().add(other);
        }
        JsonNode state = JsonNodeFactory.instance.objectNode().set("a", deep);
        JsonNode result = replacing(deep, other).applyTo(state);
        assertThat(JsonEquality.same(result.get("a"), other)).isTrue();
        assertThat(JsonEquality.same(result.get("a"), deep)).isFalse();
        assertThat(replacing(deep, other).toString()).hasSizeLessThan(300);
    }
}
