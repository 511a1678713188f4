package dev.geotherm.diff.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import dev.geotherm.testkit.diff.RandomStates;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDeltaCodecTest {
    private final JsonDeltaCodec plain = new JsonDeltaCodec();
    private final BinaryDeltaCodec small = new BinaryDeltaCodec(CompressionPolicy.BALANCED);

    private static StateDelta adding(JsonNode value) {
        return new StateDelta(List.of(Change.added(Pointer.of("a"), value)));
    }

    private void assertReturns(JsonNode value) {
        assertThat(plain.decode(plain.encode(adding(value)))).isEqualTo(adding(value));
        assertThat(small.decode(small.encode(adding(value)))).isEqualTo(adding(value));
    }

    @Test
    void decode_returnsUnusualValues() {
        assertReturns(DecimalNode.valueOf(new BigDecimal("5")));
        assertReturns(DecimalNode.valueOf(new BigDecimal("0.10")));
        assertReturns(DecimalNode.valueOf(new BigDecimal("1E+400")));
        assertReturns(DoubleNode.valueOf(-0.0));
        assertReturns(DoubleNode.valueOf(1e22));
        assertReturns(FloatNode.valueOf(0.1f));
        assertReturns(TextNode.valueOf("half a pair: \uD83D, and \u0000"));
        assertReturns(JsonNodeFactory.instance.objectNode().put("\uD83D\uDE00\u00e9", "\u20ac"));
    }

    @Test
    void decode_returnsEveryPath() {
        StateDelta delta = new StateDelta(List.of(Change.removed(Pointer.of("", "~", "/", "\uDE00", "\u0000"), null)));
        assertThat(plain.decode(plain.encode(delta))).isEqualTo(delta);
    }

    @Test
    void decode_returnsSplices() {
        TextSplice splice = new TextSplice(7, 2, "\uD83D\uDE00 \u0000 /~");
        StateDelta delta = new StateDelta(List.of(
                Change.spliced(Pointer.of("a"), TextNode.valueOf("xy"), splice, 0.25),
                Change.spliced(Pointer.of("b"), null, splice, 1)));
        assertThat(plain.decode(plain.encode(delta))).isEqualTo(delta);
    }

    @Test
    void decode_returnsThousandsOfLevels() {
        assertReturns(RandomStates.nested(9_000, TextNode.valueOf("x")));
    }

    @Test
    void encode_valuesThatJsonCannotRepresentAreRefused() {
        List<JsonNode> values = List.of(
                DoubleNode.valueOf(Double.NaN),
                DoubleNode.valueOf(Double.NEGATIVE_INFINITY),
                new POJONode(new Object()),
                JsonNodeFactory.instance.objectNode().put("half a pair: \uD83D", 1),
                RandomStates.nested(11_000, TextNode.valueOf("x")),
                JsonNodeFactory.instance.numberNode(BigInteger.ONE.shiftLeft(50_000)));
        for (JsonNode value : values) {
            assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> plain.encode(adding(value)));
        }
    }

    private StateDelta read(String json) {
        return plain.decode(json.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[",
                "[{}",
                "[{}]",
                "[] []",
                "[1]",
                "[{\"kind\":\"added\"}]",
                "[{\"kind\":\"ADDED\",\"path\":\"/a\",\"after\":1}]",
                "[{\"kind\":\"added\",\"path\":\"a\",\"after\":1}]",
                "[{\"kind\":\"added\",\"path\":1,\"after\":1}]",
                "[{\"kind\":\"added\",\"path\":\"/a\"}]",
                "[{\"kind\":\"moved\",\"path\":\"/a\",\"after\":1}]",
                "[{\"kind\":\"added\",\"path\":\"/a\",\"after\":1,\"after\":2}]",
                "[{\"kind\":\"added\",\"path\":\"/a\",\"after\":1,\"other\":2}]",
                "[{\"kind\":\"added\",\"path\":\"/a\",\"after\":1,\"magnitude\":2}]",
                "[{\"kind\":\"added\",\"path\":\"/a\",\"after\":1,\"magnitude\":\"1\"}]",
                "[{\"kind\":\"added\",\"path\":\"/a\",\"after\":1E99999999999}]",
                "[{\"kind\":\"text_spliced\",\"path\":\"/a\"}]",
                "[{\"kind\":\"text_spliced\",\"path\":\"/a\",\"splice\":[1,2]}]",
                "[{\"kind\":\"text_spliced\",\"path\":\"/a\",\"splice\":[1,2,3]}]",
                "[{\"kind\":\"text_spliced\",\"path\":\"/a\",\"splice\":[1,-2,\"x\"]}]",
                "[{\"kind\":\"text_spliced\",\"path\":\"/a\",\"splice\":[1,99999999999,\"x\"]}]",
                "[{\"kind\":\"text_spliced\",\"path\":\"/a\",\"splice\":[1,2,\"x\",4]}]",
                "[{\"kind\":\"text_spliced\",\"path\":\"/a\",\"before\":7,\"splice\":[1,2,\"x\"]}]",
                "[{\"kind\":\"modified\",\"path\":\"/a\",\"after\":7,\"splice\":[1,2,\"x\"]}]",
                "[{\"kind\":\"added\",\"path\":\"/a\",\"after\":[1,"
            })
    void decode_jsonThatIsNotADeltaIsRefused(String json) {
        assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> read(json));
    }

    @Test
    void decode_acceptsMissingMagnitude() {
        assertThat(read("[{\"kind\":\"added\",\"path\":\"/a\",\"after\":\"x\"}]"))
                .isEqualTo(adding(TextNode.valueOf("x")));
    }

    @Test
    void decode_tooDeepOrTooLongIsRefused() {
        String value = "[{\"kind\":\"added\",\"path\":\"/a\",\"after\":%s}]";
        for (String hostile : List.of("[".repeat(50_000), "9".repeat(50_000), "1." + "9".repeat(50_000))) {
            assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> read(value.formatted(hostile)));
        }
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> read("[{\"kind\":\"removed\",\"path\":\"" + "/".repeat(20_000) + "\"}]"))
                .withMessageContaining("steps");
    }
}
