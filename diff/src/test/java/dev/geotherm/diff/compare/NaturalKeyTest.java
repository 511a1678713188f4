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
import dev.geotherm.diff.KeyHint;
import dev.geotherm.diff.TestSettings;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.testkit.RandomCases;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members that identify records without a rule. */
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
    void key_uniqueMemberIsFound() {
        StateDelta delta = diff(records(0, 300, "1"), records(5, 320, "2"));
        assertThat(matched).containsExactly(Map.entry(Pointer.ROOT, "code"));
        assertThat(delta.changes().stream().filter(change -> change.kind() == ChangeKind.REMOVED))
                .hasSize(5);
        assertThat(delta.changes().stream().filter(change -> change.kind() == ChangeKind.ADDED))
                .hasSize(20);
    }

    @Test
    void key_ignoredMemberIsNotUsed() {
        JsonNode before = NODES.objectNode().set("ignored", records(0, 30, "1"));
        JsonNode after = NODES.objectNode().set("ignored", records(3, 33, "2"));
        differ.diff(before, after, matched::put);
        assertThat(matched.values()).doesNotContain("code");
    }

    @Test
    void key_memberOfAMemberIsFound() {
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
    void key_memberWithoutCommonValuesIsNotUsed() {
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
    void key_isNotSearchedIfContentIdentifiesTheElements() {
        diff(records(0, 50, "1"), records(0, 60, "1"));
        assertThat(matched).isEmpty();
    }

    private static ObjectNode at(ArrayNode records, int index) {
        return (ObjectNode) records.get(index);
    }

    @Test
    void match_recordsWithoutTheKeyAreMatchedByContentOrPosition() {
        ArrayNode before = records(0, 60, "1");
        ArrayNode after = records(5, 70, "2");
        for (int i : new int[] {0, 20, 59}) {
            at(before, i).remove("code");
        }
        at(after, 30).remove("code");
        at(after, 40).putNull("code");
        StateDelta delta = diff(before, after);
        assertThat(matched).containsExactly(Map.entry(Pointer.ROOT, "code"));
        assertThat(delta.changes().stream().filter(change -> change.kind() == ChangeKind.REMOVED))
                .hasSizeLessThanOrEqualTo(9);
    }

    @Test
    void match_recordsThatShareAKeyAreMatchedInTheirOrder() {
        ArrayNode before = records(0, 60, "1");
        ArrayNode after = records(0, 60, "2");
        for (ArrayNode each : new ArrayNode[] {before, after}) {
            at(each, 7).set("code", each.get(8).get("code"));
            at(each, 50).set("code", each.get(8).get("code"));
        }
        StateDelta delta = diff(before, after);
        assertThat(matched).containsExactly(Map.entry(Pointer.ROOT, "code"));
        assertThat(delta.changes())
                .hasSize(60)
                .allMatch(change -> change.path().token().equals("annotation"));
    }

    @Test
    void key_missingInSomeRecordsIsFound() {
        ArrayNode before = NODES.arrayNode();
        ArrayNode after = NODES.arrayNode();
        for (int i = 0; i < 40; i++) {
            before.addObject().put("id", i).put("v", "one " + i % 3);
            after.addObject().put("id", i).put("v", "two " + i % 3);
        }
        at(before, 11).remove("id");
        after.remove(3);
        StateDelta delta = diff(before, after);
        assertThat(matched).containsExactly(Map.entry(Pointer.ROOT, "id"));
        assertThat(delta.changes().stream().filter(change -> change.kind() == ChangeKind.REMOVED))
                .hasSize(1);
    }

    @Test
    void key_isFoundDespiteAnAtypicalFirstRecordAndManyMembers() {
        ArrayNode before = NODES.arrayNode();
        ArrayNode after = NODES.arrayNode();
        for (ArrayNode each : new ArrayNode[] {before, after}) {
            String version = each == before ? "1" : "2";
            each.addObject().put("comment", "the records follow");
            for (int i = 0; i < 30; i++) {
                ObjectNode record = each.addObject();
                for (int m = 0; m < 90; m++) {
                    record.put("m" + m, "v" + version + (m < 8 ? "-" + i : ""));
                }
                record.put("nr", "N" + i);
            }
        }
        after.remove(1);
        diff(before, after);
        assertThat(matched).containsExactly(Map.entry(Pointer.ROOT, "nr"));
    }

    @Test
    void key_pairOfMembersIsFound() {
        ArrayNode before = deployments(12, 25, 1);
        ArrayNode after = deployments(12, 25, 2);
        after.remove(100);
        after.remove(3);
        StateDelta delta = diff(before, after);
        assertThat(matched).containsExactly(Map.entry(Pointer.ROOT, "metadata.namespace + metadata.name"));
        assertThat(delta.changes().stream().filter(change -> change.kind() == ChangeKind.REMOVED))
                .hasSize(2);
        assertThat(delta.changes()).hasSize(2 + 298);
    }

    private static ArrayNode deployments(int namespaces, int names, int version) {
        ArrayNode items = NODES.arrayNode();
        for (int n = 0; n < namespaces * names; n++) {
            ObjectNode item = items.addObject().put("kind", "Deployment");
            item.putObject("metadata").put("name", "app-" + n % names).put("namespace", "team-" + n / names);
            item.put("generation", version);
        }
        return items;
    }

    @Test
    void keyHint_namesARuleThatSavesMuch() {
        ArrayNode before = NODES.arrayNode();
        ArrayNode after = NODES.arrayNode();
        for (int i = 0; i < 60; i++) {
            before.addObject()
                    .put("nr", i)
                    .put("text", ("the text of " + i + ", ").repeat(30))
                    .put("v", 1);
        }
        for (int i = 20; i < 60; i++) {
            after.addObject()
                    .put("nr", i)
                    .put("text", ("the text of " + i + ", ").repeat(30))
                    .put("v", 2);
        }
        JsonNode one = NODES.objectNode().set("all", NODES.arrayNode().add(before));
        JsonNode two = NODES.objectNode().set("all", NODES.arrayNode().add(after));
        diff(one, two);
        assertThat(matched).isEmpty();
        KeyHint hint = differ.keyHint(one, two);
        assertThat(hint).isNotNull();
        assertThat(hint.rule()).isEqualTo("/all/*=nr");
        assertThat(hint.bytesWithRule()).isLessThan(3 * hint.bytes() / 4);
        assertThat(differ.keyHint(records(0, 60, "1"), records(2, 60, "2"))).isNull();
    }

    /** Keys that are missing, shared, renamed and moved: the delta is exact in every case. */
    @Test
    void diff_isExactForAnyKeys() {
        RandomCases.run(200, random -> {
            ArrayNode before = odd(random, 1 + random.nextInt(30));
            ArrayNode after = NODES.arrayNode();
            before.forEach(record -> after.add(changed(record.deepCopy(), random)));
            for (int i = random.nextInt(4); i > 0; i--) {
                after.insert(random.nextInt(after.size() + 1), odd(random, 1).get(0));
            }
            for (int i = random.nextInt(3); i > 0 && after.size() > 1; i--) {
                JsonNode moved = after.remove(random.nextInt(after.size()));
                after.insert(random.nextInt(after.size() + 1), moved);
            }
            StateDelta delta = diff(before, after);
            assertThat(JsonEquality.same(delta.invert().applyTo(after), before)).isTrue();
        });
    }

    private static ArrayNode odd(Random random, int count) {
        ArrayNode records = NODES.arrayNode();
        for (int i = 0; i < count; i++) {
            ObjectNode record = records.addObject();
            if (random.nextInt(8) != 0) {
                record.put("code", "k" + random.nextInt(40));
            }
            record.put("group", random.nextInt(4)).put("text", "words " + random.nextInt(50));
            record.putObject("metadata").put("name", "n" + random.nextInt(6)).put("namespace", "s" + random.nextInt(6));
        }
        if (random.nextInt(4) == 0) {
            records.insert(random.nextInt(records.size() + 1), random.nextInt(3));
        }
        return records;
    }

    private static JsonNode changed(JsonNode element, Random random) {
        if (element instanceof ObjectNode record && random.nextInt(2) == 0) {
            record.put("group", random.nextInt(4));
            switch (random.nextInt(8)) {
                case 0 -> record.remove("code");
                case 1 -> record.put("code", "k" + random.nextInt(40));
                case 2 -> record.put("text", "other " + random.nextInt(50));
                default -> {}
            }
        }
        return element;
    }

    @Test
    void work_isBoundedForAnyMembers() {
        for (int values : new int[] {1_000_000_000, 2_000, 200, 20, 3}) {
            Random random = new Random(1);
            ArrayNode before = wide(random, values);
            ArrayNode after = wide(random, values);
            long[] steps = new long[1];
            TreeComparison.measured(
                    before, after, TestSettings.rules(TestSettings.with("depthLimit", "100")), work -> steps[0] = work);
            assertThat(steps[0]).as("%d values", values).isLessThan(12L * 2_000 * 60);
        }
    }

    /** Records with fifty members, none of which identifies anything, alone or in pairs. */
    private static ArrayNode wide(Random random, int values) {
        ArrayNode records = NODES.arrayNode();
        for (int i = 0; i < 1_000; i++) {
            ObjectNode record = records.addObject();
            for (int m = 0; m < 50; m++) {
                record.put("m" + m, "" + random.nextInt(values));
            }
        }
        return records;
    }
}
