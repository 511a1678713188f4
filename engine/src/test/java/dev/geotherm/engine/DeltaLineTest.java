package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeltaLineTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectNode LARGE = NODES.objectNode();

    static {
        LARGE.putObject("value").put("list", "x".repeat(20_000));
    }

    /** In an order that a JSON Patch for compression would not have. */
    private static final List<Change> CHANGES = List.of(
            Change.added(Pointer.of("é\"", "~/"), NODES.textNode("a\nλ")),
            Change.replaced(ChangeKind.MODIFIED, Pointer.of("b"), null, NODES.numberNode(0.25), 0.1),
            Change.moved(Pointer.of("c"), Pointer.of("value")),
            Change.added(Pointer.of("d"), LARGE),
            Change.removed(Pointer.of("a"), null));

    private final DeltaLine line = DeltaLine.of(4, 5, "2026-01-01T00:00:00Z", "f00d", new StateDelta(CHANGES));

    @Test
    void json_isOneLineOfTheDelta() throws Exception {
        JsonNode read = Json.MAPPER.readTree(line.json());
        assertThat(read.path("base").asInt()).isEqualTo(4);
        assertThat(read.path("revision").asInt()).isEqualTo(5);
        assertThat(read.path("at").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(read.path("fingerprint").asText()).isEqualTo("f00d");
        assertThat(new String(line.json(), StandardCharsets.UTF_8)).doesNotContain("\n");
    }

    @Test
    void patch_hasTheOperationsOfTheChangesInTheirOrder() throws Exception {
        JsonNode patch = Json.MAPPER.readTree(line.json()).path("patch");
        assertThat(patch).hasSize(CHANGES.size());
        for (int i = 0; i < CHANGES.size(); i++) {
            JsonNode alone =
                    new StateDelta(List.of(CHANGES.get(i))).toJsonPatch().get(0);
            assertThat(patch.get(i)).isEqualTo(alone);
        }
    }

    @Test
    void patch_ofASpliceIsRefused() {
        Change splice = Change.spliced(Pointer.of("text"), null, new TextSplice(0, 1, "x"), 0.5);
        assertThatThrownBy(() -> DeltaLine.of(4, 5, "", "", new StateDelta(List.of(splice))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text");
    }

    @Test
    void valueBytes_areThoseOfTheNewValues() {
        long expected = 0;
        for (Change change : CHANGES) {
            JsonNode value = change.after();
            expected += value == null ? 0 : value.toString().getBytes(StandardCharsets.UTF_8).length;
        }
        assertThat(line.valueBytes()).isEqualTo(expected);
    }
}
