package dev.geotherm.api.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
    void whatIsAlikeComesTogether() {
        assertThat(JsonPatchOrder.of(List.of(
                        replace("/1/b"), add("/1/x/d"), replace("/0/b"), remove("/0/a"), add("/0/x/c"), add("/2/x/a"))))
                .containsExactly(
                        add("/2/x/a"), add("/0/x/c"), add("/1/x/d"), remove("/0/a"), replace("/1/b"), replace("/0/b"));
    }

    @Test
    void nothingPassesAChangeThatMovesElements() {
        List<Change> changes =
                List.of(replace("/a/1/b"), add("/a/0"), add("/a/1/c"), remove("/a/2"), replace("/z"), add("/y"));
        assertThat(JsonPatchOrder.of(changes))
                .containsExactly(
                        replace("/a/1/b"), add("/a/0"), add("/a/1/c"), remove("/a/2"), add("/y"), replace("/z"));
        List<Change> moving =
                List.of(replace("/b"), Change.moved(Pointer.parse("/a"), Pointer.parse("/c")), add("/a"), remove("/c"));
        assertThat(JsonPatchOrder.of(moving)).isEqualTo(moving);
    }

    @Test
    void changesOfOnePlaceStayInTheirOrder() {
        List<Change> twice = List.of(replace("/a"), remove("/a"), add("/a"));
        assertThat(JsonPatchOrder.of(twice)).isEqualTo(twice);
        List<Change> within = List.of(replace("/z"), add("/b"), replace("/b/c"));
        assertThat(JsonPatchOrder.of(within)).isEqualTo(within);
        List<Change> root = List.of(
                replace("/z"),
                Change.replaced(
                        ChangeKind.OBJECT_MODIFIED,
                        Pointer.ROOT,
                        JsonNodeFactory.instance.objectNode(),
                        JsonNodeFactory.instance.objectNode(),
                        1),
                add("/y"));
        assertThat(JsonPatchOrder.of(root)).isEqualTo(root);
    }
}
