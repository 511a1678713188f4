package dev.geotherm.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('`', '"'));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }

    /** Appendix A of RFC 7396: original, patch, result. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {`a`:`b`}         | {`a`:`c`}                    | {`a`:`c`}
            {`a`:`b`}         | {`b`:`c`}                    | {`a`:`b`,`b`:`c`}
            {`a`:`b`}         | {`a`:null}                   | {}
            {`a`:`b`,`b`:`c`} | {`a`:null}                   | {`b`:`c`}
            {`a`:[`b`]}       | {`a`:`c`}                    | {`a`:`c`}
            {`a`:`c`}         | {`a`:[`b`]}                  | {`a`:[`b`]}
            {`a`:{`b`:`c`}}   | {`a`:{`b`:`d`,`c`:null}}     | {`a`:{`b`:`d`}}
            {`a`:[{`b`:`c`}]} | {`a`:[1]}                    | {`a`:[1]}
            [`a`,`b`]         | [`c`,`d`]                    | [`c`,`d`]
            {`a`:`b`}         | [`c`]                        | [`c`]
            {`a`:`foo`}       | null                         | null
            {`a`:`foo`}       | `bar`                        | `bar`
            {`e`:null}        | {`a`:1}                      | {`e`:null,`a`:1}
            [1,2]             | {`a`:`b`,`c`:null}           | {`a`:`b`}
            {}                | {`a`:{`bb`:{`ccc`:null}}}    | {`a`:{`bb`:{}}}
            """)
    void ofMergePatch_passesTheTableOfTheRfc(String original, String patch, String result) {
        JsonNode before = json(original);
        StateDelta delta = StateDelta.ofMergePatch(json(patch), before);
        assertThat(delta.applyTo(before)).isEqualTo(json(result));
        assertThat(delta.invert().applyTo(json(result))).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {`a`:1,`b`:2}   | {`a`:1,`b`:3,`c`:[]} | {`b`:3,`c`:[]}
            {`a`:1,`b`:2}   | {`a`:1}              | {`b`:null}
            {`a`:[1,2,3]}   | {`a`:[1,3]}          | {`a`:[1,3]}
            {`a`:{`b`:1}}   | {`a`:{`c`:1}}        | {`a`:{`b`:null,`c`:1}}
            {`a`:1}         | {`a`:{}}             | {`a`:{}}
            {`a`:1}         | [{`a`:null}]         | [{`a`:null}]
            {`a`:null}      | {`a`:null,`b`:1}     | {`b`:1}
            {`a`:1}         | {`a`:[{`b`:null}]}   | {`a`:[{`b`:null}]}
            [1]             | {`a`:1}              | {`a`:1}
            {`a`:1}         | null                 | null
            1               | 1                    | 1
            {`a`:1}         | {`a`:1}              | {}
            """)
    void toMergePatch_readsBackWithTheSameEffect(String before, String after, String patch) {
        JsonNode a = json(before);
        JsonNode b = json(after);
        StateDelta delta =
                new StateDelta(List.of(Change.replaced(ChangeKind.ofReplacement(a, b), Pointer.ROOT, a, b, 1)));
        assertThat(delta.toMergePatch(a)).isEqualTo(json(patch));
        assertThat(StateDelta.ofMergePatch(delta.toMergePatch(a), a).applyTo(a)).isEqualTo(b);
    }

    @Test
    void toMergePatch_namesNullsThatItCannotExpress() {
        JsonNode before = json("{`a`:1}");
        ObjectNode after = JsonNodeFactory.instance.objectNode();
        after.putNull("a");
        after.putObject("b").putNull("c");
        for (int i = 0; i < 5; i++) {
            after.putNull("n" + i);
        }
        StateDelta delta =
                new StateDelta(List.of(Change.replaced(ChangeKind.OBJECT_MODIFIED, Pointer.ROOT, before, after, 1)));
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> delta.toMergePatch(before))
                .withMessageContaining("'/a'")
                .withMessageContaining("'/b/c'")
                .withMessageContaining("and 2 more");
    }
}
