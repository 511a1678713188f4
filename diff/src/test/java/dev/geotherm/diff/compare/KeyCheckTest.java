package dev.geotherm.diff.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyCheckTest {
    private static final String STATE = "{'items':[{'v':1},{'v':2}],'more':{'x':[{'v':1},{'v':1}]},'none':[]}";

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static List<String> problems(String rule, String before, String after) {
        return KeyCheck.problems(List.of(rule), IgnoredPaths.NONE, json(before), json(after));
    }

    @Test
    void problems_effectiveKeysAreNotReported() {
        for (String rule : List.of("/items=v", "/*=v", "/**=v", "/none=v")) {
            assertThat(problems(rule, STATE, STATE)).as(rule).isEmpty();
        }
        assertThat(problems("=v", "[{'v':1}]", "[{'v':2}]")).isEmpty();
        assertThat(problems("/items=v", STATE, "{}")).isEmpty();
        assertThat(KeyCheck.problems(List.of(), IgnoredPaths.NONE, json(STATE), json(STATE)))
                .isEmpty();
    }

    @Test
    void problems_pathWithoutAnArrayIsReported() {
        assertThat(problems("/itms=v", STATE, STATE)).containsExactly("/itms=v: there is no array at this path");
        assertThat(problems("/more=v", STATE, STATE)).hasSize(1);
    }

    @Test
    void problems_memberThatIdentifiesNothingIsReported() {
        assertThat(problems("/items=nosuch", STATE, STATE))
                .singleElement()
                .asString()
                .contains("/items=nosuch: 'nosuch' does not identify the elements of '/items'");
        assertThat(problems("/more/x=v", STATE, STATE)).hasSize(1);
        assertThat(problems("/items=v", STATE, "{'items':[{'v':1},{}]}")).hasSize(1);
    }
}
