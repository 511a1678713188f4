package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DeltaLineTest {
    private static final ArrayNode PATCH = Json.MAPPER.createArrayNode();

    static {
        PATCH.addObject().put("op", "add").put("path", "/é\"").put("value", "a\nλ");
        PATCH.addObject().put("op", "replace").put("path", "/b").put("value", 0.25);
        PATCH.addObject().put("op", "move").put("from", "/c").put("path", "/value");
        PATCH.addObject().put("op", "add").put("path", "/d").putObject("value").put("list", "x".repeat(20_000));
    }

    private final DeltaLine line = DeltaLine.of(4, 5, "2026-01-01T00:00:00Z", "f00d", PATCH);

    @Test
    void json_isOneLineOfTheDelta() throws Exception {
        JsonNode read = Json.MAPPER.readTree(line.json());
        assertThat(read.path("base").asInt()).isEqualTo(4);
        assertThat(read.path("revision").asInt()).isEqualTo(5);
        assertThat(read.path("at").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(read.path("fingerprint").asText()).isEqualTo("f00d");
        assertThat(read.path("patch")).isEqualTo(PATCH);
        assertThat(new String(line.json(), StandardCharsets.UTF_8)).doesNotContain("\n");
    }

    @Test
    void valueBytes_areThoseOfTheNewValues() {
        long expected = 0;
        for (JsonNode operation : PATCH) {
            JsonNode value = operation.get("value");
            expected += value == null ? 0 : value.toString().getBytes(StandardCharsets.UTF_8).length;
        }
        assertThat(line.valueBytes()).isEqualTo(expected);
    }
}
