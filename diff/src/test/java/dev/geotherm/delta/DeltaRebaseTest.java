package dev.geotherm.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.diff.RandomStates;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rebasing of a differ's deltas; in this module because it needs random states and a differ. */
class DeltaRebaseTest {

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static StateDelta patch(String patch, JsonNode state) {
        return StateDelta.ofJsonPatch(json(patch), state);
    }

    private static TreeDiffer differ() {
        return new TreeDiffer(
                Settings.of(TreeDifferSettings.class, Map.of("spliceFrom", "1")),
                ComponentContext.standalone("rebase"));
    }

    @Test
    void rebaseOver_withoutConflictGivesTheSameStateInBothOrders() {
        int[] compatible = new int[1];
        try (TreeDiffer differ = differ()) {
            RandomCases.run(3_000, random -> {
                JsonNode base = RandomStates.state(random);
                JsonNode x = RandomStates.variant(base, random);
                JsonNode y = RandomStates.variant(base, random);
                DeltaRebase rebase = DeltaRebase.of(differ.diff(base, x), differ.diff(base, y), base);
                if (rebase.conflicts().isEmpty()) {
                    compatible[0]++;
                    JsonNode one = rebase.second().applyTo(x);
                    assertThat(JsonEquality.same(rebase.first().applyTo(y), one))
                            .isTrue();
                    assertThat(JsonEquality.same(rebase.second().invert().applyTo(one), x))
                            .isTrue();
                }
            });
        }
        assertThat(compatible[0]).isGreaterThan(100);
    }

    @Test
    void rebaseOver_shiftsOfOneArrayConverge() {
        int[] compatible = new int[1];
        RandomCases.run(2_000, random -> {
            JsonNode base = json("{'l':[{'v':1},{'v':2},{'v':3},{'v':4},{'v':5},{'v':6},{'v':7},{'v':8},{'v':9}]}");
            StateDelta[] deltas = new StateDelta[2];
            for (int i = 0; i < 2; i++) {
                int from = random.nextInt(9);
                int to = random.nextInt(9);
                String op = random.nextBoolean()
                        ? "{'op':'move','from':'/l/" + from + "','path':'/l/" + to + "'}"
                        : random.nextBoolean()
                                ? "{'op':'remove','path':'/l/" + from + "'}"
                                : "{'op':'add','path':'/l/" + to + "','value':" + (i + 10) + "}";
                String edit = "{'op':'add','path':'/l/" + random.nextInt(8) + "','value':" + (i + 20) + "}";
                String inner = "{'op':'add','path':'/l/8','value':0},{'op':'remove','path':'/l/8'}";
                deltas[i] = patch("[" + op + "," + edit + "," + inner + "]", base);
            }
            DeltaRebase rebase = DeltaRebase.of(deltas[0], deltas[1], base);
            if (rebase.conflicts().isEmpty()) {
                compatible[0]++;
                assertThat(rebase.second().applyTo(deltas[0].applyTo(base)))
                        .isEqualTo(rebase.first().applyTo(deltas[1].applyTo(base)));
            }
        });
        assertThat(compatible[0]).isGreaterThan(100);
    }

    @Test
    void rebaseOver_numericKeyIsNotAnIndex() {
        JsonNode base = json("{'o':{'1':{'v':1}},'a':[{'v':1},{'v':2}]}");
        StateDelta first = patch("[{'op':'add','path':'/o/0','value':0},{'op':'add','path':'/a/0','value':0}]", base);
        StateDelta second =
                patch("[{'op':'replace','path':'/o/1/v','value':2},{'op':'replace','path':'/a/1/v','value':3}]", base);
        assertThat(second.rebaseOver(first, base).applyTo(first.applyTo(base)))
                .isEqualTo(json("{'o':{'0':0,'1':{'v':2}},'a':[0,{'v':1},{'v':3}]}"));
    }

    @Test
    void rebaseOver_namesConflicts() {
        JsonNode base = json("{'a':1,'b':{'c':1,'d':2},'e':[1,2,3]}");
        StateDelta first = patch(
                "[{'op':'replace','path':'/a','value':2},{'op':'remove','path':'/b'},{'op':'remove','path':'/e/1'}]",
                base);
        StateDelta second = patch(
                "[{'op':'replace','path':'/a','value':3},{'op':'replace','path':'/b/c','value':3},"
                        + "{'op':'replace','path':'/e/1','value':4},{'op':'replace','path':'/e/2','value':5}]",
                base);
        assertThat(StateDelta.conflicts(first, second, base))
                .extracting(conflict -> conflict.second().path().toString())
                .containsExactly("/a", "/b/c", "/e/1");
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> second.rebaseOver(first, base))
                .withMessageContaining("/a");
        assertThat(StateDelta.conflicts(first, first, base)).isEmpty();
        assertThat(first.rebaseOver(first, base).isEmpty()).isTrue();
    }

    @Test
    void conflicts_afterAConflictingReplacementNothingIsExamined() {
        JsonNode base = json("[{'a':1}]");
        StateDelta first = patch("[{'op':'remove','path':'/0/a'},{'op':'remove','path':'/0'}]", base);
        StateDelta second = patch(
                "[{'op':'replace','path':'/0/a','value':2},{'op':'replace','path':'','value':{}},"
                        + "{'op':'add','path':'/id','value':2}]",
                base);
        assertThat(StateDelta.conflicts(first, second, base)).isNotEmpty();
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> second.rebaseOver(first, base))
                .withMessageContaining("conflict");
    }

    @Test
    void conflicts_areTheSameInBothOrders() {
        JsonNode base = json("[1,2]");
        StateDelta x = patch("[{'op':'add','path':'/0','value':9},{'op':'move','from':'/2','path':'/1'}]", base);
        StateDelta y = patch("[{'op':'move','from':'/1','path':'/0'}]", base);
        assertThat(StateDelta.conflicts(x, y, base)).isNotEmpty();
        assertThat(swapped(StateDelta.conflicts(y, x, base)))
                .containsExactlyInAnyOrderElementsOf(StateDelta.conflicts(x, y, base));
    }

    private static List<DeltaConflict> swapped(List<DeltaConflict> conflicts) {
        return conflicts.stream()
                .map(found -> new DeltaConflict(found.second(), found.first()))
                .toList();
    }

    @Test
    void rebaseOver_anyTwoDeltasConflictOrConverge() {
        int[] compatible = new int[1];
        int[] conflicting = new int[1];
        RandomCases.run(3_000, random -> {
            JsonNode base = RandomStates.state(random);
            StateDelta x = edits(base, random);
            StateDelta y = edits(base, random);
            List<DeltaConflict> conflicts = StateDelta.conflicts(x, y, base);
            assertThat(swapped(StateDelta.conflicts(y, x, base))).containsExactlyInAnyOrderElementsOf(conflicts);
            if (conflicts.isEmpty()) {
                compatible[0]++;
                JsonNode one = y.rebaseOver(x, base).applyTo(x.applyTo(base));
                JsonNode undone = y.rebaseOver(x, base).invert().applyTo(one);
                assertThat(JsonEquality.same(undone, x.applyTo(base))).isTrue();
                DeltaRebase rebase = DeltaRebase.of(x, y, base);
                assertThat(JsonEquality.same(rebase.first().applyTo(y.applyTo(base)), one))
                        .isTrue();
            } else {
                conflicting[0]++;
                assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> y.rebaseOver(x, base));
            }
        });
        assertThat(compatible[0]).isGreaterThan(100);
        assertThat(conflicting[0]).isGreaterThan(100);
    }

    /** Returns a delta of a few random valid operations, some of them on values that earlier ones added. */
    private static StateDelta edits(JsonNode base, Random random) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        JsonNode state = base;
        for (int i = 0; i < 4; i++) {
            ObjectNode operation = JsonNodeFactory.instance.objectNode();
            operation.put("op", List.of("add", "remove", "replace", "move").get(random.nextInt(4)));
            operation.put("from", somewhere(state, random).toString());
            operation.put("path", somewhere(state, random).toString());
            operation.set("value", random.nextInt(4) == 0 ? RandomStates.state(random) : RandomStates.scalar(random));
            ArrayNode longer = patch.deepCopy().add(operation);
            try {
                JsonNode after = StateDelta.ofJsonPatch(longer, base).applyTo(base);
                if (!after.isMissingNode()) {
                    patch = longer;
                    state = after;
                }
            } catch (DeltaException misfit) {
                // Try another one instead.
            }
        }
        return StateDelta.ofJsonPatch(patch, base);
    }

    private static Pointer somewhere(JsonNode state, Random random) {
        Pointer path = Pointer.ROOT;
        JsonNode value = state;
        while (value != null && value.isContainerNode() && random.nextInt(4) != 0) {
            int index = random.nextInt(value.size() + 1);
            if (value.isArray()) {
                path = path.child(index);
            } else {
                path = path.child(value.properties().stream()
                        .skip(index)
                        .findFirst()
                        .map(Map.Entry::getKey)
                        .orElse("new"));
            }
            value = path.in(state);
        }
        return path;
    }

    @Test
    void rebaseOver_splicesOfOneTextConverge() {
        JsonNode base = json("{'t':'one two three four'}");
        StateDelta first = new StateDelta(
                List.of(Change.spliced(Pointer.of("t"), json("'one'"), new TextSplice(0, 3, "first"), 1)));
        StateDelta second =
                new StateDelta(List.of(Change.spliced(Pointer.of("t"), json("'three'"), new TextSplice(8, 5, "3"), 1)));
        assertThat(second.rebaseOver(first, base).applyTo(first.applyTo(base)))
                .isEqualTo(json("{'t':'first two 3 four'}"));
        assertThat(first.rebaseOver(second, base).applyTo(second.applyTo(base)))
                .isEqualTo(json("{'t':'first two 3 four'}"));
        assertThat(StateDelta.conflicts(first, first, base)).isEmpty();
    }
}
