package dev.geotherm.diff.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.TestSettings;
import dev.geotherm.diff.TreeDiffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members that identify records although nobody named them. */
class NaturalKeyTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final TreeDiffer differ =
            new TreeDiffer(TestSettings.with("ignoredPaths", "/ignored/*/code"), ComponentContext.standalone("keys"));
    private final Map<Pointer, String> matched = new LinkedHashMap<>();

    @AfterEach
    void close() {
        differ.close();
    }

    private StateDelta diff(JsonNode before, JsonNode after) {
        matched.clear();
        StateDelta delta = differ.diff(before, after, matched::put);
        assertThat(JsonEquality.same(delta.applyTo(before), after)).isTrue();
        return delta;
    }

    /** Returns records whose texts all depend on a version; they share no content. */
    private static ArrayNode records(int from, int to, String version) {
        ArrayNode records = NODES.arrayNode();
        for (int i = from; i < to; i++) {
            records.addObject()
                    .put("group", i % 7)
                    .put("annotation", "what it is, in version " + version)
                    .put("code", "1F" + Integer.toHexString(i * 7919))
                    .put("order", i - from);
        }
        return records;
    }

    @Test
    void aUniqueMemberIsFound() {
        StateDelta delta = diff(records(0, 300, "1"), records(5, 320, "2"));
        assertThat(matched).containsExactly(Map.entry(Pointer.ROOT, "code"));
        assertThat(delta.changes().stream().filter(change -> change.kind() == ChangeKind.REMOVED))
                .hasSize(5);
        assertThat(delta.changes().stream().filter(change -> change.kind() == ChangeKind.ADDED))
                .hasSize(20);
    }

    @Test
    void anIgnoredMemberIsNotFound() {
        JsonNode before = NODES.objectNode().set("ignored", records(0, 30, "1"));
        JsonNode after = NODES.objectNode().set("ignored", records(3, 33, "2"));
        differ.diff(before, after, matched::put);
        assertThat(matched.values()).doesNotContain("code");
    }

    @Test
    void aNameInTheMetadataIsFound() {
        diff(resources("web", "db", "cache"), resources("api", "web", "db", "cache"));
        assertThat(matched).containsExactly(Map.entry(Pointer.of("items"), "metadata.name"));
    }

    private static JsonNode resources(String... names) {
        ObjectNode list = NODES.objectNode();
        ArrayNode items = list.putArray("items");
        for (String name : names) {
            ObjectNode item = items.addObject().put("kind", "Deployment");
            item.putObject("metadata").put("name", name).put("generation", names.length);
            item.putObject("spec").put("replicas", names.length);
        }
        return list;
    }

    @Test
    void aMemberThatIsNewEachTimeIsNotUsed() {
        diff(stamped(1, 40), stamped(2, 40));
        assertThat(matched).isEmpty();
    }

    private static ArrayNode stamped(int version, int count) {
        ArrayNode records = NODES.arrayNode();
        for (int i = 0; i < count; i++) {
            records.addObject().put("token", version + "-" + i).put("v", i % 3 * version);
        }
        return records;
    }

    @Test
    void contentThatIsEqualNeedsNoKey() {
        diff(records(0, 50, "1"), records(0, 60, "1"));
        assertThat(matched).isEmpty();
    }

    @Test
    void theWorkIsBoundedWhateverTheMembers() {
        Random random = new Random(1);
        ArrayNode before = wide(random);
        ArrayNode after = wide(random);
        long[] steps = new long[1];
        TreeComparison.measured(
                before, after, TestSettings.rules(TestSettings.with("depthLimit", "100")), work -> steps[0] = work);
        assertThat(steps[0]).isLessThan(12L * 2_000 * 60);
    }

    /** Records of fifty members that are all unique, and of which none identifies anything. */
    private static ArrayNode wide(Random random) {
        ArrayNode records = NODES.arrayNode();
        for (int i = 0; i < 1_000; i++) {
            ObjectNode record = records.addObject();
            for (int m = 0; m < 50; m++) {
                record.put("m" + m, "" + random.nextLong());
            }
        }
        return records;
    }
}
