package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.testkit.RandomCases;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Clauses about members that identify array elements. */
abstract class IdentityKeyClauses extends DifferClauses {
    private static final int CASES = 300;

    IdentityKeyClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void identityKeys_identifyElements() {
        require(DifferCapability.IDENTITY_KEYS);
        StateDiffer differ = shaped(shape -> shape.withKeys("/a=code", "/b/*=name"));
        assertThat(places(differ.diff(
                        json("{'a':[{'code':1,'v':1},{'code':2,'v':1},{'code':3,'v':1}]}"),
                        json("{'a':[{'code':2,'v':2},{'code':3,'v':3}]}"))))
                .containsExactlyInAnyOrder("REMOVED /a/0", "MODIFIED /a/0/v", "MODIFIED /a/1/v");
        assertThat(places(differ.diff(
                        json("{'b':{'x':[{'name':'p','v':1},{'name':'q','v':1}]}}"),
                        json("{'b':{'x':[{'name':'o','v':9},{'name':'p','v':2},{'name':'q','v':3}]}}"))))
                .containsExactlyInAnyOrder("ADDED /b/x/0", "MODIFIED /b/x/1/v", "MODIFIED /b/x/2/v");
    }

    @Test
    void identityKeys_keepElementsOfOtherKeysApart() {
        require(DifferCapability.IDENTITY_KEYS);
        StateDiffer differ = shaped(shape -> shape.withKeys("=code"));
        assertThat(places(differ.diff(
                        json("[{'code':1,'v':[1,2,3,4,5]},{'code':9}]"),
                        json("[{'code':2,'v':[1,2,3,4,5]},{'code':9}]"))))
                .containsExactlyInAnyOrder("REMOVED /0", "ADDED /0");
    }

    @Test
    void identityKeys_thatAreNotUniqueAreNotUsed() {
        require(DifferCapability.IDENTITY_KEYS);
        StateDiffer differ = shaped(shape -> shape.withKeys("/**=a", "=b"));
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            assertExact(differ, a, RandomStates.variant(a, random));
            assertExact(differ, keyed(random), keyed(random));
        });
    }

    /** Returns elements with keys, some of them missing, null, containers, of another type or duplicate. */
    private ArrayNode keyed(Random random) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        boolean odd = random.nextInt(3) == 0;
        for (int i = random.nextInt(12); i > 0; i--) {
            ObjectNode element = array.addObject().put("v", random.nextInt(3));
            int choice = odd ? random.nextInt(12) : 11;
            switch (choice) {
                case 0 -> element.putNull("a");
                case 1 -> element.putArray("a");
                case 2 -> element.put("b", 1);
                case 3 -> element.put("a", "" + random.nextInt(40));
                default -> element.put("a", random.nextInt(40));
            }
        }
        return array;
    }
}
