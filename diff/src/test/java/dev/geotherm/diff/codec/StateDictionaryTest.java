package dev.geotherm.diff.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateDictionaryTest {

    private static ObjectNode state(int records, boolean backwards) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Random random = new Random(11);
        for (int i = 0; i < records; i++) {
            List<String> names = new ArrayList<>(List.of("title", "author", "abstract"));
            if (backwards) {
                Collections.reverse(names);
            }
            String text = random.nextLong() + " a text of its own, number " + i;
            ObjectNode one = all.addObject();
            names.forEach(name -> one.put(name, name + text));
        }
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        return backwards
                ? state.<ObjectNode>set("version", IntNode.valueOf(1)).set("records", all)
                : state.<ObjectNode>set("records", all).set("version", IntNode.valueOf(1));
    }

    @Test
    void of_containsEachTextOnceAndSorted() {
        ObjectNode state = JsonNodeFactory.instance.objectNode().put("name", "text");
        state.putArray("other").add("text").add("name").add("abc").add("beyond");

        String texts = new String(StateDictionary.of(state), StandardCharsets.ISO_8859_1);
        assertThat(texts.split("[^a-z]")).containsExactly("beyond", "name", "other", "text");
    }

    @Test
    void of_largeStateTakesAPartIndependentOfMemberOrder() {
        byte[] texts = StateDictionary.of(state(80_000, false));

        assertThat(texts.length).isBetween(1 << 20, (1 << 20) + (1 << 16));
        assertThat(StateDictionary.of(state(80_000, true))).isEqualTo(texts);
    }

    @Test
    void decode_deltaOfALargeStateNeedsAnEqualState() {
        ObjectNode state = state(80_000, false);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            JsonNode known = state.at("/records/" + (79_000 + i) + "/title");
            changes.add(Change.added(Pointer.of("records", Integer.toString(i), "copy"), known));
        }
        StateDelta delta = new StateDelta(changes);
        DeltaCodec codec = DeltaFormat.BINARY.codec();

        byte[] bytes = codec.against(state).encode(delta);

        assertThat(bytes.length).isLessThan(codec.encode(delta).length);
        assertThat(codec.against(state(80_000, true)).decode(bytes)).isEqualTo(delta);
    }
}
