package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Pointer;
import dev.geotherm.testkit.RandomCases;
import org.junit.jupiter.api.Test;

/** Clauses about moved array elements. */
abstract class MoveClauses extends DifferClauses {
    private static final int CASES = 300;
    private static final int LONG_ARRAY = 1_000;

    MoveClauses(DifferFixture fixture) {
        super(fixture);
    }

    private ArrayNode longArray(String name) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < LONG_ARRAY; i++) {
            array.addObject().put(name, "e" + i).put("v", i % 7);
        }
        return array;
    }

    private void assertOneMove(String name) {
        require(DifferCapability.MOVES);
        StateDiffer differ = differ();
        RandomCases.run(CASES / 30, random -> {
            int from = random.nextInt(LONG_ARRAY);
            // Not to an adjacent position, because a move of the neighbour would have the same effect.
            int to = (from + 2 + random.nextInt(LONG_ARRAY - 3)) % LONG_ARRAY;
            ObjectNode a = JsonNodeFactory.instance.objectNode().set("list", longArray(name));
            ObjectNode b = a.deepCopy();
            ArrayNode list = (ArrayNode) b.get("list");
            list.insert(to, list.remove(from));
            assertThat(differ.diff(a, b).changes())
                    .containsExactly(Change.moved(
                            Pointer.of("list").child(from), Pointer.of("list").child(to)));
        });
    }

    @Test
    void moves_anElementOfALongArrayIsOneChange() {
        assertOneMove("name");
    }

    @Test
    void moves_anElementWithAKeyIsOneChange() {
        assertOneMove("id");
    }

    @Test
    void moves_offMovesNothing() {
        require(DifferCapability.MOVES);
        StateDiffer differ = shaped(DeltaShape::withoutMoves);
        ArrayNode a = longArray("id");
        ArrayNode b = longArray("id");
        b.insert(LONG_ARRAY / 3, b.remove(LONG_ARRAY / 2));
        assertExact(differ, a, b);
        assertThat(kinds(differ.diff(a, b))).doesNotContain(ChangeKind.MOVED);
        RandomCases.run(CASES, random -> {
            JsonNode state = RandomStates.state(random);
            JsonNode other = RandomStates.variant(state, random);
            assertExact(differ, state, other);
            assertThat(kinds(differ.diff(state, other))).doesNotContain(ChangeKind.MOVED);
        });
    }
}
