package dev.geotherm.diff.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.json.JsonLimits;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.diff.RandomStates;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BinaryDeltaCodecTest {
    private final BinaryDeltaCodec plain = new BinaryDeltaCodec(CompressionPolicy.NONE);
    private final BinaryDeltaCodec small = new BinaryDeltaCodec(CompressionPolicy.SIZE);

    private static StateDelta adding(JsonNode value) {
        return new StateDelta(List.of(Change.added(Pointer.of("a"), value)));
    }

    private static StateDelta heats(Random random, int count) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(Change.added(
                    Pointer.of("anchors", "anchor-" + random.nextInt(100_000), "heat"),
                    TextNode.valueOf("heat of degree " + random.nextInt(50))));
        }
        return new StateDelta(changes);
    }

    @Test
    void decode_returnsUnusualNumbers() {
        List<JsonNode> numbers = List.of(
                DecimalNode.valueOf(new BigDecimal("5")),
                DecimalNode.valueOf(new BigDecimal("0.10")),
                DecimalNode.valueOf(new BigDecimal("1E+400")),
                DoubleNode.valueOf(-0.0),
                DoubleNode.valueOf(0.0),
                DoubleNode.valueOf(1e22),
                DoubleNode.valueOf(1.5e-300),
                DoubleNode.valueOf(123456.789),
                DoubleNode.valueOf(Double.MAX_VALUE),
                DoubleNode.valueOf(Double.NaN),
                DoubleNode.valueOf(Double.NEGATIVE_INFINITY),
                FloatNode.valueOf(0.1f),
                JsonNodeFactory.instance.numberNode(Long.MIN_VALUE),
                JsonNodeFactory.instance.numberNode(Long.MAX_VALUE));
        for (JsonNode number : numbers) {
            assertThat(plain.decode(plain.encode(adding(number)))).isEqualTo(adding(number));
        }
    }

    @Test
    void encode_valuesThatAreNotJsonAreRefused() {
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> plain.encode(adding(new POJONode(new Object()))));
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> plain.encode(adding(RandomStates.nested(11_000, TextNode.valueOf("x")))));
    }

    @ParameterizedTest
    @EnumSource
    void compression_everyMethodReturnsTheInput(Compression method) throws Exception {
        byte[] dictionary = "heat of degree concept anchor".getBytes(StandardCharsets.UTF_8);
        RandomCases.run(200, random -> {
            byte[] bytes = new byte[1 + random.nextInt(5_000)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) ("heat of ".charAt(i % 8) + (random.nextInt(20) == 0 ? random.nextInt(9) : 0));
            }
            byte[] help = random.nextBoolean() ? dictionary : null;
            byte[] compressed = method.compress(bytes, 3, help);
            if (compressed.length < bytes.length || method == Compression.PLAIN) {
                byte[] back = new byte[bytes.length];
                assertThat(method.decompress(compressed, 0, back, help)).isEqualTo(bytes.length);
                assertThat(back).isEqualTo(bytes);
            }
        });
    }

    @Test
    void policy_determinesTheSize() {
        StateDelta delta = heats(new Random(1), 2_000);
        int none = plain.encode(delta).length;
        assertThat(small.encode(delta).length).isLessThan(none / 2);
        for (CompressionPolicy policy : CompressionPolicy.values()) {
            BinaryDeltaCodec codec = new BinaryDeltaCodec(policy);
            for (int i = 0; i < 20; i++) {
                byte[] bytes = codec.encode(delta);
                assertThat(bytes.length).isLessThanOrEqualTo(none);
                assertThat(plain.decode(bytes)).isEqualTo(delta);
            }
        }
    }

    private static final StateDelta ZEROS =
            adding(JsonNodeFactory.instance.arrayNode().addAll(Collections.nCopies(100_000, (JsonNode)
                    DoubleNode.valueOf(0.0))));

    @Test
    void decode_acceptsOwnDeltasThatCompressExtremelyWell() {
        StateDelta text = adding(TextNode.valueOf("x".repeat(5_000_000)));
        StateDelta longer = adding(TextNode.valueOf("y".repeat(20_000_000)));
        assertThat(returned(ZEROS, small)).isLessThan(150);
        assertThat(returned(text, small)).isLessThan(1_000);
        assertThat(returned(longer, small)).isLessThan(25_000);
    }

    @Test
    @Tag("full")
    void decode_acceptsOwnDeltasThatCompressExtremelyWellWithEachPolicy() {
        StateDelta text = adding(TextNode.valueOf("y".repeat(20_000_000)));
        for (CompressionPolicy policy : CompressionPolicy.values()) {
            assertThat(returned(ZEROS, new BinaryDeltaCodec(policy))).isLessThan(300_100);
            assertThat(returned(text, new BinaryDeltaCodec(policy))).isLessThan(20_000_100);
        }
    }

    private int returned(StateDelta delta, BinaryDeltaCodec codec) {
        byte[] bytes = codec.encode(delta);
        assertThat(plain.decode(bytes)).isEqualTo(delta);
        return bytes.length;
    }

    @Test
    void decode_bombIsRefusedBeforeItExpands() {
        byte[] bomb = Compression.ZSTD.compress(new byte[50_000_000], 3, null);
        assertThat(bomb.length).isLessThan(16_000);
        for (int length : List.of(16 << 20, 1_000)) {
            assertThatExceptionOfType(DeltaException.class)
                    .isThrownBy(() -> plain.decode(framed(Compression.ZSTD, length, bomb)))
                    .withMessageNotContaining("expand");
        }
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> plain.decode(framed(Compression.ZSTD, 50_000_000, bomb)))
                .withMessageContaining("may expand to 16777216 at most")
                .withMessageContaining("50000000");
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> plain.decode(framed(Compression.ZSTD, Integer.MAX_VALUE, bomb)));
    }

    private static byte[] framed(Compression method, int length, byte[] body) {
        return DeltaFrame.write(new CompressionMode(method, 3, CompressionMode.DictionaryKind.NONE), length, 0, body);
    }

    @Test
    void decode_bytesThatExceedTheHeapAreRefusedBeforeTheyExpand() {
        byte[] frame = framed(Compression.ZSTD, 5_000_000, Compression.ZSTD.compress(new byte[5_000_000], 3, null));
        assertThat(DeltaFrame.read(frame).body(frame, null, 64 << 20)).hasSize(5_000_000);
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> DeltaFrame.read(frame).body(frame, null, 32 << 20))
                .withMessageContaining("5000000 bytes")
                .withMessageContaining("32 MiB");
    }

    @Test
    void decode_valuesThatExceedTheHeapAreRefused() {
        BinaryReader.requireMemory(1_000, 3_000, 10_000, 1_000, 256 << 20);
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> BinaryReader.requireMemory(1, 1, 20_000_000, 1, 1L << 30))
                .withMessageContaining("20000000 values")
                .withMessageContaining("1024 MiB");
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> BinaryReader.requireMemory(1, 1, 1, 20_000_000, 1L << 30))
                .withMessageContaining("20000000 names");
    }

    @Test
    void decode_checksTheFrame() {
        byte[] bytes = plain.encode(adding(TextNode.valueOf("x")));
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 4;
            assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> plain.decode(damaged));
        }
    }

    @Test
    void decode_changedBytesWithAValidChecksumAreRefusedOrADelta() {
        RandomCases.run(4_000, random -> {
            JsonNode a = RandomStates.state(random);
            StateDelta delta = new StateDelta(List.of(
                    Change.removed(Pointer.of("x", "1"), a),
                    Change.added(Pointer.of("x", "2"), RandomStates.variant(a, random)),
                    Change.moved(Pointer.of("x", "2"), Pointer.of("y"))));
            byte[] body = BinaryWriter.write(delta, null);
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(body.length);
                body[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (body[at] + 1);
            }
            if (random.nextInt(4) == 0) {
                body = Arrays.copyOf(body, random.nextInt(body.length));
            }
            byte[] frame = DeltaFrame.write(CompressionMode.PLAIN, body.length, 0, body);
            try {
                assertThat(plain.decode(frame)).isNotNull();
            } catch (DeltaException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        });
    }

    @Test
    void decode_changedCompressedBytesWithAValidChecksumAreRefusedOrADelta() {
        RandomCases.run(1_000, random -> {
            byte[] body = BinaryWriter.write(heats(random, 50), null);
            Compression method = Compression.values()[random.nextInt(4)];
            byte[] compressed = method.compress(body, 3, null);
            compressed[random.nextInt(compressed.length)] = (byte) random.nextInt();
            byte[] frame = DeltaFrame.write(
                    new CompressionMode(method, 3, CompressionMode.DictionaryKind.NONE), body.length, 0, compressed);
            try {
                assertThat(plain.decode(frame)).isNotNull();
            } catch (DeltaException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        });
    }

    @Test
    void withDictionary_makesSmallDeltasSmaller() {
        Random random = new Random(3);
        List<StateDelta> history = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            history.add(heats(random, 4));
        }
        DeltaDictionary dictionary = DeltaDictionary.train(history);
        BinaryDeltaCodec learned = small.withDictionary(dictionary);
        BinaryDeltaCodec other = plain.withDictionary(DeltaDictionary.of(dictionary.toBytes()));
        long with = 0;
        long without = 0;
        for (int i = 0; i < 50; i++) {
            StateDelta delta = heats(random, 4);
            byte[] bytes = learned.encode(delta);
            assertThat(other.decode(bytes)).isEqualTo(delta);
            with += bytes.length;
            without += small.encode(delta).length;
        }
        assertThat(with).isLessThan(without * 9 / 10);
        byte[] bytes = learned.encode(heats(random, 4));
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> small.decode(bytes))
                .withMessageContaining("dictionary " + Integer.toUnsignedString(dictionary.id()));
    }

    @Test
    void train_tooFewDeltasAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DeltaDictionary.train(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeltaDictionary.train(Collections.nCopies(9, heats(new Random(1), 100))))
                .withMessageContaining("were 9");
        assertThatIllegalArgumentException().isThrownBy(() -> DeltaDictionary.of(new byte[100]));
    }

    @Test
    void against_isIndependentOfTheOrderOfMembers() {
        RandomCases.run(50, random -> {
            ObjectNode before = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < 100; i++) {
                before.put(
                        "name " + random.nextInt(10_000),
                        Long.toString(random.nextLong(), 36).repeat(3));
            }
            List<String> names = new ArrayList<>();
            before.fieldNames().forEachRemaining(names::add);
            StateDelta delta = new StateDelta(List.of(
                    Change.added(Pointer.of("again"), before.deepCopy()),
                    Change.removed(Pointer.of(names.get(3)), before.get(names.get(3)))));
            byte[] bytes = small.against(before).encode(delta);
            assertThat(bytes.length).isLessThan(small.encode(delta).length / 2);
            assertThat(plain.against(RandomStates.shuffled(before, random)).decode(bytes))
                    .isEqualTo(delta);
            assertThatExceptionOfType(DeltaException.class)
                    .isThrownBy(() -> plain.decode(bytes))
                    .withMessageContaining("state");
            assertThatExceptionOfType(DeltaException.class)
                    .isThrownBy(() -> plain.against(before.deepCopy().put("other", "state"))
                            .decode(bytes))
                    .withMessageContaining("another state");
        });
    }

    @Test
    void against_anotherStateIsRefusedForEveryCompression() {
        ObjectNode before = JsonNodeFactory.instance.objectNode().put("x", 1).put("y", "text");
        ObjectNode other = before.deepCopy().put("x", 99);
        StateDelta delta = new StateDelta(List.of(Change.added(Pointer.of("a"), before.get("y"))));
        for (CompressionPolicy policy : CompressionPolicy.values()) {
            BinaryDeltaCodec codec = new BinaryDeltaCodec(policy);
            byte[] bytes = codec.against(before).encode(delta);
            assertThat(codec.against(before.deepCopy()).decode(bytes)).isEqualTo(delta);
            assertThatExceptionOfType(DeltaException.class)
                    .as("%s", policy)
                    .isThrownBy(() -> codec.against(other).decode(bytes))
                    .withMessageContaining("another state")
                    .withMessageContaining("use the state");
        }
    }

    @Test
    void decode_namesWhatDoesNotFit() {
        ObjectNode before = JsonNodeFactory.instance.objectNode().put("x", 1);
        StateDelta twice = new StateDelta(List.of(
                Change.added(Pointer.of("a"), before.get("x")),
                Change.removed(Pointer.of("x"), null),
                Change.removed(Pointer.of("x"), null)));
        byte[] body = BinaryWriter.write(twice, null);
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> BinaryReader.read(body, before))
                .withMessageContaining("change 2 (REMOVED at '/x')");
        // One addition, with empty columns: neither a path nor a value.
        byte[] nothing = Arrays.copyOf(new byte[] {1, 0}, 25);
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> BinaryReader.read(nothing, null))
                .withMessageContaining("change 0: ");
    }

    @Test
    void decode_tooManyLevelsAreRefused() {
        assertThat(plain.decode(plain.encode(adding(RandomStates.nested(9_000, TextNode.valueOf("x")))))
                        .changes())
                .hasSize(1);
        int levels = JsonLimits.MAX_LEVELS + 1;
        ByteColumn body = new ByteColumn();
        byte[] oneAdditionAtZero = {1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        body.put(oneAdditionAtZero, 0, oneAdditionAtZero.length);
        body.putNumber(levels + 1);
        for (int i = 0; i < levels; i++) {
            body.put(BinaryType.ARRAY.number());
        }
        body.put(BinaryType.NULL.number());
        body.put(0);
        body.putNumber(levels);
        for (int i = 0; i < levels; i++) {
            body.put(1);
        }
        body.put(new byte[10], 0, 10);
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> BinaryReader.read(body.toBytes(), null))
                .withMessageContaining("more than 10000 levels");
    }

    @Test
    void decode_earlierVersionIsRefusedWithItsNumber() {
        byte[] bytes = plain.encode(adding(TextNode.valueOf("x")));
        bytes[3] = 2;
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> plain.decode(bytes))
                .withMessageContaining("version 2, only version 3");
        bytes[3] = ' ';
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> plain.decode(bytes))
                .withMessageContaining("not a binary delta");
    }

    @Test
    void against_omitsValuesThatTheReaderHas() {
        ObjectNode before = JsonNodeFactory.instance.objectNode().put("a", "x".repeat(1_000));
        StateDelta delta = new StateDelta(List.of(Change.removed(Pointer.of("a"), before.get("a"))));
        assertThat(plain.encode(delta).length).isGreaterThan(1_000);
        byte[] bytes = plain.against(before).encode(delta);
        assertThat(bytes.length).isLessThan(60);
        assertThat(plain.against(before).decode(bytes)).isEqualTo(delta);
    }
}
