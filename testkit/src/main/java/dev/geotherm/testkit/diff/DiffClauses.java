package dev.geotherm.testkit.diff;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.DiffMetrics;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.NegativeZero;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.RandomCases;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clauses about {@link StateDiffer#diff}. */
abstract class DiffClauses extends DifferClauses {
    private static final int CASES = 400;
    private static final int MANY = 40_000;
    private static final int DEEP = 5_000;
    private static final int DEEPEST_LIMIT = 8;

    DiffClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void diff_appliedGivesTheLaterState() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            assertExact(differ, a, RandomStates.variant(a, random));
            assertExact(differ, a, RandomStates.state(random));
        });
    }

    @Test
    void diff_invertedGivesTheEarlierState() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            JsonNode b = RandomStates.variant(a, random);
            assertSame(differ.diff(a, b).invert().applyTo(b), a);
        });
    }

    @Test
    void diff_asJsonPatchHasTheSameEffect() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            JsonNode b = RandomStates.variant(a, random);
            StateDelta read = StateDelta.ofJsonPatch(differ.diff(a, b).toJsonPatch(a), a);
            assertSame(read.applyTo(a), b);
            assertSame(read.invert().applyTo(b), a);
        });
    }

    @Test
    void diff_ofEqualStatesIsEmpty() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            assertThat(differ.diff(a, RandomStates.shuffled(a, random)).changes())
                    .isEmpty();
        });
    }

    @Test
    void diff_comparesRootsOfEveryType() {
        StateDiffer differ = differ();
        List<JsonNode> roots = Stream.of("null", "true", "1", "1.0", "''", "'1'", "{}", "[]", "{'':1}", "[null]")
                .map(DifferClauses::json)
                .toList();
        for (JsonNode a : roots) {
            for (JsonNode b : roots) {
                assertExact(differ, a, b);
            }
        }
    }

    @Test
    void diff_distinguishesUnusualMemberNames() {
        StateDiffer differ = differ();
        String[] keys = {"", "~", "/", "~0", "~1", ".", "a.b", "-", "0", "00", "a/b", "*", "\u0000", "\uD83D\uDE00"};
        ObjectNode a = JsonNodeFactory.instance.objectNode();
        for (String key : keys) {
            a.set(key, json("{'x':1,'y':[1]}"));
        }
        for (String key : keys) {
            ObjectNode changed = a.deepCopy();
            changed.withObjectProperty(key).put("x", 2);
            assertExact(differ, a, changed);
            ObjectNode without = a.deepCopy();
            without.remove(key);
            assertExact(differ, a, without);
            assertExact(differ, without, a);
        }
    }

    @Test
    void diff_distinguishesNullFromAbsent() {
        assertExact(differ(), json("{'nothing':null}"), json("{}"));
        assertExact(differ(), json("{}"), json("{'nothing':null}"));
    }

    @Test
    void diff_distinguishesNumberRepresentations() {
        assertExact(differ(), json("{'a':1}"), json("{'a':1.0}"));
        assertExact(differ(), json("[1, 1.0]"), json("[1.0, 1]"));
        assertExact(differ(), json("[0.0]"), json("[-0.0]"));
    }

    @Test
    void diff_ignoresTheJavaTypeOfNumbers() {
        assertThat(differ().diff(IntNode.valueOf(5), LongNode.valueOf(5)).isEmpty())
                .isTrue();
        assertThat(differ().diff(DecimalNode.valueOf(new BigDecimal("100")), IntNode.valueOf(100))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void diff_keepsTheSignOfZeros() {
        assertExact(differ(), NegativeZero.of(0), IntNode.valueOf(0));
        assertExact(
                differ(),
                json("[0,1]"),
                JsonNodeFactory.instance.arrayNode().add(NegativeZero.of(0)).add(1));
        assertExact(differ(), NegativeZero.of(0), NegativeZero.of(2));
        assertExact(
                differ(), decimal("0.00"), JsonNodeFactory.instance.objectNode().set("d", NegativeZero.of(2)));
    }

    @Test
    void diff_keepsEveryDigitOfBigNumbers() {
        assertExact(differ(), json("[123456789012345678901234567890]"), json("[123456789012345678901234567891]"));
        assertExact(differ(), decimal("0.1234567890123456789"), decimal("0.1234567890123456788"));
        assertExact(differ(), decimal("1e400"), decimal("1e401"));
    }

    @Test
    void diff_distinguishesDecimalRepresentations() {
        assertExact(differ(), decimal("0.1"), decimal("0.10"));
        assertExact(differ(), decimal("1e2"), decimal("1.0e2"));
        assertExact(differ(), decimal("100"), decimal("1e2"));
    }

    private JsonNode decimal(String digits) {
        return JsonNodeFactory.instance.objectNode().set("d", DecimalNode.valueOf(new BigDecimal(digits)));
    }

    @Test
    void diff_isExactForRepeatedElements() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> assertExact(differ, repeated(random), repeated(random)));
    }

    private JsonNode repeated(Random random) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        random.ints(random.nextInt(30), 0, 3).forEach(array::add);
        return array;
    }

    @Test
    void diff_comparesTensOfThousandsOfElements() {
        StateDiffer differ = differ();
        ArrayNode a = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < MANY; i++) {
            a.addObject().put("id", i).put("v", i % 7);
        }
        ArrayNode b = a.deepCopy();
        b.insert(0, "new");
        b.remove(MANY / 2);
        assertExact(differ, a, b);
        for (int i = 1; i < b.size(); i += 3) {
            b.set(i, json("{'id':-1}"));
        }
        assertExact(differ, a, b);
    }

    @Test
    void diff_comparesThousandsOfLevels() {
        JsonNode a = RandomStates.nested(DEEP, json("1"));
        assertExact(differ(), a, RandomStates.nested(DEEP, json("2")));
        assertExact(differ(), a, RandomStates.nested(DEEP, json("1")));
    }

    @Test
    void diff_changesNeitherState() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            JsonNode b = RandomStates.variant(a, random);
            JsonNode aCopy = a.deepCopy();
            JsonNode bCopy = b.deepCopy();
            differ.diff(a, b).applyTo(a);
            assertSame(a, aCopy);
            assertSame(b, bCopy);
        });
    }

    @Test
    void depthLimit_losesNothingBelowIt() {
        require(DifferCapability.DEPTH_LIMIT);
        for (int limit = 0; limit <= DEEPEST_LIMIT; limit++) {
            StateDiffer differ = differ(DifferLimits.usual().withDepthLimit(limit));
            RandomCases.run(CASES / 4, random -> {
                JsonNode a = RandomStates.state(random);
                JsonNode b = RandomStates.variant(a, random);
                assertExact(differ, a, b);
                assertSame(differ.diff(a, b).invert().applyTo(b), a);
            });
        }
    }

    @Test
    void depthLimit_boundsThePathsOfChanges() {
        require(DifferCapability.DEPTH_LIMIT);
        for (int limit = 0; limit <= DEEPEST_LIMIT; limit++) {
            int deepest = limit;
            StateDiffer differ = differ(DifferLimits.usual().withDepthLimit(limit));
            RandomCases.run(CASES / 4, random -> {
                JsonNode a = RandomStates.state(random);
                assertThat(differ.diff(a, RandomStates.variant(a, random)).changes())
                        .allSatisfy(change -> assertThat(change.path().depth()).isLessThanOrEqualTo(deepest));
            });
        }
    }

    @Test
    void depthLimit_replacesWholeContainers() {
        require(DifferCapability.DEPTH_LIMIT);
        JsonNode a = RandomStates.nested(2 * DEEPEST_LIMIT, json("1"));
        JsonNode b = RandomStates.nested(2 * DEEPEST_LIMIT, json("2"));
        for (int limit = 0; limit <= DEEPEST_LIMIT; limit++) {
            StateDelta delta =
                    differ(DifferLimits.usual().withDepthLimit(limit)).diff(a, b);
            assertThat(delta.changes()).singleElement().satisfies(change -> {
                assertThat(change.kind()).isIn(ChangeKind.OBJECT_MODIFIED, ChangeKind.ARRAY_MODIFIED);
                assertSame(change.before(), change.path().in(a));
                assertSame(change.after(), change.path().in(b));
            });
        }
    }

    @Test
    void depthLimit_respectsIgnoredPathsBelowIt() {
        require(DifferCapability.DEPTH_LIMIT);
        require(DifferCapability.IGNORED_PATHS);
        for (int limit = 0; limit <= 4; limit++) {
            StateDiffer differ =
                    differ(DifferLimits.usual().withDepthLimit(limit).ignoring("/a/b/c", "/**/at"));
            assertThat(differ.diff(json("{'a':{'b':{'c':1,'d':[{'at':1}]}}}"), json("{'a':{'b':{'d':[{'at':2}]}}}"))
                            .changes())
                    .isEmpty();
            assertThat(differ.diff(json("{'a':{'b':{'c':1,'d':[{'x':1}]}}}"), json("{'a':{'b':{'d':[{'x':2}]}}}"))
                            .changes())
                    .isNotEmpty();
        }
    }

    @Test
    void diff_givesEveryChangeItsKind() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode state = RandomStates.state(random);
            for (Change change :
                    differ.diff(state, RandomStates.variant(state, random)).changes()) {
                JsonNode next = new StateDelta(List.of(change)).applyTo(state);
                if (change.from() != null) {
                    assertSame(change.path().in(next), change.from().in(state));
                } else if (change.after() != null && change.kind() != ChangeKind.ADDED) {
                    JsonNode gone = requireNonNull(change.path().in(state));
                    assertThat(change.kind()).isEqualTo(ChangeKind.ofReplacement(gone, change.after()));
                }
                assertThat(JsonEquality.same(state, next))
                        .as("%s does nothing", change)
                        .isFalse();
                state = next;
            }
        });
    }

    @Test
    void metrics_countComparisons() {
        StateDiffer differ = differ();
        int changes = differ.diff(json("{'a':1}"), json("{'a':2}")).changes().size();
        DiffMetrics metrics = differ.metrics();
        assertThat(metrics.diffs()).isEqualTo(1);
        assertThat(metrics.differences()).isEqualTo(changes);
        assertThat(metrics.diffTime().count()).isEqualTo(1);
    }

    @Test
    void diff_afterCloseIsRefused() {
        StateDiffer differ = differ();
        differ.close();
        assertThatIllegalStateException().isThrownBy(() -> differ.diff(json("1"), json("2")));
    }
}
