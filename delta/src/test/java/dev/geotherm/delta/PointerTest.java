package dev.geotherm.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointerTest {

    /** The table of RFC 6901, section 5; {@code ''} is the empty text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '!',
            value = {
                "/foo [\"bar\",\"baz\"]",
                "/foo/0 \"bar\"",
                "/ 0",
                "/a~1b 1",
                "/c%d 2",
                "/e^f 3",
                "/g|h 4",
                "/i\\j 5",
                "/k\"l 6",
                "!/ ! 7",
                "/m~0n 8"
            })
    void parse_passesTheExamplesOfTheRfc(String pointer, String expected) throws Exception {
        JsonNode document = new ObjectMapper()
                .readTree("{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,"
                        + "\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}");
        assertThat(Pointer.parse(pointer).in(document)).isEqualTo(new ObjectMapper().readTree(expected));
        assertThat(Pointer.parse(pointer)).hasToString(pointer);
        assertThat(Pointer.ROOT.in(document)).isSameAs(document);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "/~", "/~2", "/a~"})
    void parse_invalidPointerIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pointer.parse(text))
                .withMessageContaining(text);
    }

    @Test
    void parse_readsBackUnusualKeys() {
        Pointer pointer = Pointer.of("", "~", "/", "~1", "0", "-", "\uD83D\uDE00", "a.b");
        assertThat(pointer).hasToString("//~0/~1/~01/0/-/\uD83D\uDE00/a.b");
        assertThat(Pointer.parse(pointer.toString())).isEqualTo(pointer).hasSameHashCodeAs(pointer);
        assertThat(pointer.tokens()).isEqualTo(List.of("", "~", "/", "~1", "0", "-", "\uD83D\uDE00", "a.b"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "10, 10",
        "00, -1",
        "01, -1",
        "-, -1",
        "-1, -1",
        "1e0, -1",
        "2147483647, 2147483647",
        "2147483648, -1"
    })
    void index_requiresDigitsWithoutLeadingZeros(String token, int index) {
        assertThat(Pointer.of(token).index()).isEqualTo(index);
    }

    @Test
    void contains_itselfAndPathsBelow() {
        Pointer pointer = Pointer.of("a", "b");
        assertThat(pointer.contains(pointer)).isTrue();
        assertThat(pointer.contains(pointer.child(0))).isTrue();
        assertThat(Pointer.ROOT.contains(pointer)).isTrue();
        assertThat(pointer.contains(Pointer.of("a", "bc"))).isFalse();
        assertThat(pointer.contains(Pointer.of("a"))).isFalse();
    }

    @Test
    void pointer_supportsThousandsOfSteps() {
        Pointer pointer = Pointer.ROOT;
        JsonNode state = IntNode.valueOf(1);
        for (int i = 0; i < 50_000; i++) {
            pointer = pointer.child(0);
            ArrayNode outer = JsonNodeFactory.instance.arrayNode();
            state = outer.add(state);
        }
        Pointer again = Pointer.parse(pointer.toString());
        assertThat(again).isEqualTo(pointer).hasSameHashCodeAs(pointer);
        assertThat(again.in(state)).isEqualTo(IntNode.valueOf(1));
    }

    @Test
    void child_negativeIndexIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pointer.ROOT.child(-1));
    }
}
