package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.RandomCases;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Clauses about ignored paths. */
abstract class IgnoredPathClauses extends DifferClauses {
    private static final int CASES = 300;

    IgnoredPathClauses(DifferFixture fixture) {
        super(fixture);
    }

    private void assertIgnored(String pattern, String a, String b) {
        require(DifferCapability.IGNORED_PATHS);
        StateDiffer differ = differ(DifferLimits.usual().ignoring(pattern));
        assertThat(differ.diff(json(a), json(b)).changes()).isEmpty();
        assertThat(differ.fingerprint(json(a))).isEqualTo(differ.fingerprint(json(b)));
    }

    private void assertCounted(String pattern, String a, String b) {
        require(DifferCapability.IGNORED_PATHS);
        StateDiffer differ = differ(DifferLimits.usual().ignoring(pattern));
        assertSame(differ.diff(json(a), json(b)).applyTo(json(a)), json(b));
        assertThat(differ.fingerprint(json(a))).isNotEqualTo(differ.fingerprint(json(b)));
    }

    @Test
    void ignoredPaths_doNotCount() {
        assertIgnored("/a", "{'a':1,'b':1}", "{'a':{'x':2},'b':1}");
        assertIgnored("/a", "{'a':1,'b':1}", "{'b':1}");
        assertIgnored("/a~1b/~0", "{'a/b':{'~':1}}", "{'a/b':{'~':2}}");
        assertCounted("/a", "{'a':1,'b':1}", "{'a':1,'b':2}");
        assertCounted("/a/b", "{'b':1,'a':{}}", "{'b':2,'a':{}}");
    }

    @Test
    void ignoredPaths_starIsOneStep() {
        assertIgnored("/*/ts", "{'a':{'ts':1},'b':{'ts':1}}", "{'a':{'ts':2},'b':{}}");
        assertIgnored("/a/*/ts", "{'a':[{'ts':1},{'ts':1}]}", "{'a':[{'ts':3},{'ts':4}]}");
        assertCounted("/*/ts", "{'ts':1}", "{'ts':2}");
        assertCounted("/*/ts", "{'a':{'b':{'ts':1}}}", "{'a':{'b':{'ts':2}}}");
    }

    @Test
    void ignoredPaths_doubleStarIsAnyNumberOfSteps() {
        assertIgnored("/**/ts", "{'ts':1,'a':{'ts':1,'b':[{'ts':1}]}}", "{'ts':2,'a':{'b':[{'ts':2}]}}");
        assertIgnored("/a/**", "{'a':{'b':1}}", "{'a':[2]}");
        assertCounted("/**/ts", "{'x':1}", "{'x':2}");
    }

    @Test
    void ignoredPaths_keepThePositionOfElements() {
        assertIgnored("/1", "[1,2,3]", "[1,9,3]");
        assertCounted("/1", "[1,2,3]", "[1,2,4]");
        assertCounted("/1", "[1,2,3]", "[1,2]");
    }

    @Test
    void ignoredPaths_mayHoldIdentityKeys() {
        require(DifferCapability.IGNORED_PATHS);
        StateDiffer differ = differ(DifferLimits.usual().ignoring("/*/id"));
        RandomCases.run(CASES, random -> {
            JsonNode a = elements(random);
            JsonNode b = elements(random);
            JsonNode result = differ.diff(a, b).applyTo(a);
            assertThat(differ.fingerprint(result))
                    .as("from %s to %s: %s", a, b, result)
                    .isEqualTo(differ.fingerprint(b));
        });
    }

    @Test
    void ignoredPaths_identifyNoElement() {
        String before = "{'r':[{'id':'17','cn':'a'},{'id':'18','cn':'b'}]}";
        assertIgnored("/**/id", before, "{'r':[{'id':'19','cn':'a'},{'id':'20','cn':'b'}]}");
        assertIgnored("/r/*/id", before, "{'r':[{'id':'19','cn':'a'},{'id':'20','cn':'b'}]}");
    }

    private JsonNode elements(Random random) {
        List<Integer> ids = new ArrayList<>(List.of(1, 2, 3, 4, 5));
        ArrayNode elements = JsonNodeFactory.instance.arrayNode();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            int id = ids.remove(random.nextInt(ids.size()));
            elements.addObject().put("id", id).put("v", random.nextInt(3));
        }
        return elements;
    }

    @Test
    void ignoredPaths_leaveOtherPathsExact() {
        require(DifferCapability.IGNORED_PATHS);
        StateDiffer differ = differ(DifferLimits.usual().ignoring("/**/ts", "/a/b", "/*/0"));
        StateDiffer strict = differ();
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            JsonNode b = RandomStates.variant(a, random);
            StateDelta delta = differ.diff(a, b);
            JsonNode result = delta.applyTo(a);
            assertThat(differ.fingerprint(result)).isEqualTo(differ.fingerprint(b));
            assertThat(differ.diff(result, b).changes()).isEmpty();
            assertThat(delta.isEmpty()).isEqualTo(differ.fingerprint(a).equals(differ.fingerprint(b)));
            assertSame(strict.diff(a, b).applyTo(a), b);
        });
    }
}
