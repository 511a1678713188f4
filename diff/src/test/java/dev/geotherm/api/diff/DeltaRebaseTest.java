package dev.geotherm.api.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.diff.RandomStates;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rebasing, on the deltas that a differ finds: stands here because random states and a differ are at hand. */
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
    void withoutConflictBothOrdersGiveOneState() {
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
    void shiftsOfOneArrayConverge() {
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
    void aNumericKeyIsNotTakenForAnIndex() {
        JsonNode base = json("{'o':{'1':{'v':1}},'a':[{'v':1},{'v':2}]}");
        StateDelta first = patch("[{'op':'add','path':'/o/0','value':0},{'op':'add','path':'/a/0','value':0}]", base);
        StateDelta second =
                patch("[{'op':'replace','path':'/o/1/v','value':2},{'op':'replace','path':'/a/1/v','value':3}]", base);
        assertThat(second.rebaseOver(first, base).applyTo(first.applyTo(base)))
                .isEqualTo(json("{'o':{'0':0,'1':{'v':2}},'a':[0,{'v':1},{'v':3}]}"));
    }

    @Test
    void conflictsAreNamed() {
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
    void splicesOfOneTextPassEachOther() {
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
