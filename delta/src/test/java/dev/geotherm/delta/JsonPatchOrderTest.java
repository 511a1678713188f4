package dev.geotherm.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonPatchOrderTest {
    private static final JsonNode ONE = IntNode.valueOf(1);

    private static Change add(String path) {
        return Change.added(Pointer.parse(path), ONE);
    }

    private static Change remove(String path) {
        return Change.removed(Pointer.parse(path), ONE);
    }

    private static Change replace(String path) {
        return Change.replaced(ChangeKind.MODIFIED, Pointer.parse(path), ONE, ONE, 1);
    }

    @Test
    void of_groupsSimilarChanges() {
        assertThat(JsonPatchOrder.of(
                        List.of(
                                replace("/1/b"),
                                add("/1/x/d"),
                                replace("/0/b"),
                                remove("/0/a"),
                                add("/0/x/c"),
                                add("/2/x/a")),
                        null))
                .containsExactly(
                        replace("/0/b"), replace("/1/b"), remove("/0/a"), add("/2/x/a"), add("/0/x/c"), add("/1/x/d"));
    }

    @Test
    void of_groupsRepeatedValues() {
        Change ya = Change.added(Pointer.parse("/a/x"), TextNode.valueOf("yes"));
        Change na = Change.added(Pointer.parse("/a/y"), TextNode.valueOf("no"));
        Change yb = Change.added(Pointer.parse("/b/z"), TextNode.valueOf("yes"));
        Change nb = Change.added(Pointer.parse("/c/w"), TextNode.valueOf("no"));
        Change yc = Change.added(Pointer.parse("/d/z"), TextNode.valueOf("yes"));
        assertThat(JsonPatchOrder.of(List.of(ya, na, yb, nb, yc), null)).containsExactly(nb, na, yc, yb, ya);
        assertThat(JsonPatchOrder.of(List.of(ya, na, yb, nb), null)).containsExactly(ya, na, yb, nb);
    }

    @Test
    void of_withStateTreatsNumericMembersAsMembers() throws JsonProcessingException {
        JsonNode before = new ObjectMapper().readTree("{\"a\":{\"1\":1},\"b\":[1],\"c\":[{}]}");
        List<Change> members = List.of(add("/a/2"), remove("/a/1"));
        assertThat(JsonPatchOrder.of(members, null)).isEqualTo(members);
        assertThat(JsonPatchOrder.of(members, before)).containsExactly(remove("/a/1"), add("/a/2"));
        for (List<Change> others : List.of(
                List.of(add("/b/0"), remove("/b/1")),
                List.of(add("/c/0/2"), remove("/c/0/2")),
                List.of(add("/d/2"), remove("/d/1")),
                List.of(
                        Change.moved(Pointer.parse("/b"), Pointer.parse("/d")),
                        remove("/a"),
                        Change.moved(Pointer.parse("/d"), Pointer.parse("/a")),
                        add("/a/1"),
                        remove("/a/0")))) {
            assertThat(JsonPatchOrder.of(others, before)).isEqualTo(others);
        }
    }

    @Test
    void valueOutline_isShortForEveryValue() {
        JsonNode deep = TextNode.valueOf("x".repeat(10_000));
        for (int i = 0; i < 9_000; i++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep).add("y".repeat(100));
        }
        assertThat(ValueOutline.of(deep)).hasSizeLessThan(600);
        assertThat(ValueOutline.of(TextNode.valueOf("x".repeat(10_000)))).hasSizeLessThan(600);
        assertThat(ValueOutline.of(
                        JsonNodeFactory.instance.objectNode().put("a", 1).put("b", "c")))
                .isEqualTo("{\"a\":1,\"b\":\"c\"}");
    }

    @Test
    void of_neverReordersAcrossChangesThatShiftElements() {
        List<Change> changes =
                List.of(replace("/a/1/b"), add("/a/0"), add("/a/1/c"), remove("/a/2"), replace("/z"), add("/y"));
        assertThat(JsonPatchOrder.of(changes, null))
                .containsExactly(
                        replace("/a/1/b"), add("/a/0"), add("/a/1/c"), remove("/a/2"), replace("/z"), add("/y"));
        List<Change> moving =
                List.of(replace("/b"), Change.moved(Pointer.parse("/a"), Pointer.parse("/c")), add("/a"), remove("/c"));
        assertThat(JsonPatchOrder.of(moving, null))
                .containsExactly(moving.get(0), moving.get(1), moving.get(3), moving.get(2));
    }

    @Test
    void of_keepsTheOrderOfChangesAtOnePath() {
        List<Change> twice = List.of(replace("/a"), remove("/a"), add("/a"));
        assertThat(JsonPatchOrder.of(twice, null)).isEqualTo(twice);
        List<Change> within = List.of(replace("/z"), add("/b"), replace("/b/c"));
        assertThat(JsonPatchOrder.of(within, null)).isEqualTo(within);
        List<Change> root = List.of(
                replace("/z"),
                Change.replaced(
                        ChangeKind.OBJECT_MODIFIED,
                        Pointer.ROOT,
                        JsonNodeFactory.instance.objectNode(),
                        JsonNodeFactory.instance.objectNode(),
                        1),
                add("/y"));
        assertThat(JsonPatchOrder.of(root, null)).isEqualTo(root);
    }
}
