package dev.geotherm.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.diff.codec.StateText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChangeListTest {
    private static TreeDiffer differ;

    @BeforeAll
    static void open() {
        differ = new TreeDiffer(Settings.defaults(TreeDifferSettings.class), ComponentContext.standalone("diff"));
    }

    @AfterAll
    static void close() {
        differ.close();
    }

    private static String list(String before, String after, int columns, int most, String... keys) {
        JsonNode a = StateText.parse(before);
        Map<Pointer, String> matched = new HashMap<>();
        StateDelta delta = differ.diff(a, StateText.parse(after), matched::put);
        return new ChangeList(false, columns).of(delta, a, matched, List.of(keys), most);
    }

    private static String list(String before, String after) {
        return list(before, after, 100, 40);
    }

    /** Returns an array of records with the given ids, one of which can have another value. */
    private static String records(String other, String... ids) {
        List<String> records = new ArrayList<>();
        for (String id : ids) {
            records.add("{\"id\":\"" + id + "\",\"v\":" + (id.equals(other) ? 2 : 1) + "}");
        }
        return "[" + String.join(",", records) + "]";
    }

    @Test
    void of_startsWithValuesThenRecordsThenMoves() {
        assertThat(list(records("", "a", "b", "c", "d", "e"), records("b", "c", "d", "e", "b", "new")))
                .isEqualTo("""
                        ~ /3/v (b)  1 -> 2
                        + /4 (new)  {"id":"new","v":1}
                        - /0 (a)  {"id":"a","v":1}
                        > /3 (b)  from /1
                        """);
    }

    @Test
    void of_scalarsOfAnArrayStayWithTheirRecord() {
        assertThat(list(
                        "[{\"id\":1,\"tags\":[\"x\"],\"v\":1},{\"id\":3,\"v\":0}]",
                        "[{\"id\":1,\"tags\":[\"x\",\"y\"],\"v\":2},{\"id\":2,\"v\":0},{\"id\":3,\"v\":0}]"))
                .isEqualTo("""
                        + /0/tags/1 (1)  "y"
                        ~ /0/v (1)  1 -> 2
                        + /1 (2)  {"id":2,"v":0}
                        """);
    }

    @Test
    void of_longListsShowSomethingOfEachGroup() {
        String note = ",\"note\":\"" + "so long that the array is not replaced ".repeat(5) + "\"}";
        StringBuilder before = new StringBuilder("[{\"id\":\"one\",\"v\":1" + note);
        StringBuilder after = new StringBuilder("[{\"id\":\"two\",\"v\":1" + note);
        for (int i = 0; i < 60; i++) {
            before.append(",{\"id\":\"k").append(i).append("\",\"v\":1").append(note);
            after.append(",{\"id\":\"k")
                    .append((i + 30) % 60)
                    .append("\",\"v\":2")
                    .append(note);
        }
        String list = list(before + "]", after + "]", 80, 10);
        assertThat(list.lines().map(line -> line.charAt(0)))
                .containsExactly('~', '~', '~', '~', '~', '~', '~', '~', '+', '-', 'a');
        assertThat(list).endsWith("and 82 more: 52 changed values, 30 moves; --all shows them\n");
        assertThat(list(before + "]", after + "]", 80, Integer.MAX_VALUE).lines())
                .hasSize(92);
        for (int columns = 40; columns < 100; columns++) {
            int most = columns;
            assertThat(list(before + "]", after + "]", columns, 10).lines())
                    .allMatch(line -> TerminalText.width(line) <= most);
        }
    }

    @Test
    void of_pathsAreThoseOfTheDocuments() {
        long seed = Long.getLong("geotherm.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            ArrayNode before = shuffled(random);
            ArrayNode after = shuffled(random);
            StateDelta delta = differ.diff(before, after);
            ReadingOrder order = ReadingOrder.of(delta, before, Integer.MAX_VALUE);
            assertThat(order.after()).as("seed %d", seed).isEqualTo(after);
            assertThat(order.changes()).hasSameSizeAs(delta.changes());
            for (ListedChange change : order.changes()) {
                JsonNode place = change.path().in(change.earlierArray() == null ? after : before);
                switch (change.change().kind()) {
                    case ADDED ->
                        assertThat(place)
                                .as("seed %d", seed)
                                .isEqualTo(change.change().after());
                    case REMOVED -> assertThat(place).as("seed %d", seed).isEqualTo(change.old());
                    case MOVED ->
                        assertThat(place.get("id"))
                                .as("seed %d", seed)
                                .isEqualTo(change.from().in(before).get("id"));
                    default ->
                        assertThat(place)
                                .as("seed %d", seed)
                                .isEqualTo(change.change().after());
                }
            }
        }
    }

    private static ArrayNode shuffled(Random random) {
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            if (random.nextInt(4) > 0) {
                ids.add(i);
            }
        }
        Collections.shuffle(ids, random);
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        ids.forEach(id -> array.addObject().put("id", id).put("v", random.nextInt(3)));
        return array;
    }

    @Test
    void names_sharedNameIsNotUsedIfAnotherMemberIdentifies() {
        assertThat(list(
                        "[{\"id\":7,\"name\":\"beta\",\"v\":1},{\"id\":8,\"name\":\"beta\",\"v\":1}]",
                        "[{\"id\":7,\"name\":\"beta\",\"v\":1},{\"id\":8,\"name\":\"beta\",\"v\":2}]"))
                .isEqualTo("~ /1/v (8)  1 -> 2\n");
    }

    @Test
    void names_sharedNameHasAnIndexIfNothingIdentifies() {
        assertThat(list(
                        "[{\"name\":\"beta\",\"v\":1},{\"name\":\"beta\",\"v\":1},{\"name\":\"c\",\"v\":1}]",
                        "[{\"name\":\"beta\",\"v\":1},{\"name\":\"beta\",\"v\":2},{\"name\":\"c\",\"v\":2}]"))
                .isEqualTo("~ /1/v (beta [1])  1 -> 2\n~ /2/v (c)  1 -> 2\n");
    }

    @Test
    void of_narrowTerminalShowsTheMemberThatChanges() {
        String record = "[{\"metadata\":{\"name\":\"cart\",\"resourceVersion\":\"";
        assertThat(list(record + "1001\"}}]", record + "2001\"}}]", 60, 40)).isEqualTo("""
                        ~ /0/metadata/resourceVersion (cart)  "1001" -> "2001"
                        """);
        assertThat(list(record + "1001\"}}]", record + "2001\"}}]", 40, 40)).isEqualTo("""
                        ~ /0/metadata/resourceVersion (cart)
                            "1001" -> "2001"
                        """);
    }

    /** Of two removed records, the first is not the only one with its name once the second is gone. */
    @Test
    void names_removedRecordsAreNamedAmongTheEarlierOnes() {
        assertThat(list(
                        "{\"r\":[{\"name\":\"beta\",\"v\":1},{\"name\":\"beta\",\"v\":2},{\"name\":\"c\",\"v\":3}]}",
                        "{\"r\":[{\"name\":\"c\",\"v\":3}]}"))
                .contains("- /r/1 (beta [1])", "- /r/0 (beta [0])");
    }

    @Test
    void names_kindAndNameTogetherCanIdentify() {
        assertThat(
                        list(
                                "[{\"kind\":\"Service\",\"name\":\"web\",\"v\":1},{\"kind\":\"Deployment\",\"name\":\"web\",\"v\":1}]",
                                "[{\"kind\":\"Service\",\"name\":\"web\",\"v\":1},{\"kind\":\"Deployment\",\"name\":\"web\",\"v\":2}]"))
                .isEqualTo("~ /1/v (Deployment web)  1 -> 2\n");
    }

    @Test
    void names_matchedAndNamedKeysComeFirst() {
        StringBuilder before = new StringBuilder("[");
        StringBuilder after = new StringBuilder("[");
        for (int i = 0; i < 10; i++) {
            String record = "{\"name\":\"n" + i + "\",\"code\":\"c" + i + "\",\"at\":{\"x\":\"p" + i / 5
                    + "\",\"y\":\"q" + i % 5 + "\"},\"v\":";
            before.append(i == 0 ? "" : ",").append(record).append("1}");
            after.append(i == 0 ? "" : ",").append(record).append(i == 7 ? "2}" : "1}");
        }
        assertThat(list(before + "]", after + "]", 100, 40, "code")).isEqualTo("~ /7/v (c7)  1 -> 2\n");
        JsonNode a = StateText.parse(before + "]");
        StateDelta delta = differ.diff(a, StateText.parse(after + "]"));
        assertThat(new ChangeList(false, 100).of(delta, a, Map.of(Pointer.ROOT, "at.x + at.y"), List.of("code"), 40))
                .isEqualTo("~ /7/v (p1 q2)  1 -> 2\n");
    }

    @Test
    void names_longNameKeepsItsIndex() {
        String name = "the-same-long-name-of-several-records-in-one-array";
        String record = "{\"name\":\"" + name + "\",\"v\":";
        assertThat(list("[" + record + "1}," + record + "1}]", "[" + record + "1}," + record + "2}]", 60, 40))
                .contains(" [1])");
    }
}
