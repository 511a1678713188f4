package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import dev.geotherm.testkit.RandomCases;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link DeltaCodec}, as JUnit tests. To test a codec, extend this class, create the codec, and list
 * its capabilities.
 *
 * <p>The clauses bind the codec to the state that a delta applies to. This works for codecs with and without the need for a
 * state.
 */
public abstract class DeltaCodecContract {
    private static final int CASES = 400;
    private static final int FUZZ_CASES = 500;
    private static final int DEEP = 5_000;

    /** Constructor for subclasses. */
    protected DeltaCodecContract() {}

    /** Returns a new codec. */
    protected abstract DeltaCodec create();

    /** Returns the capabilities of the codec. */
    protected abstract Set<CodecCapability> capabilities();

    private boolean can(CodecCapability capability) {
        return capabilities().contains(capability);
    }

    private void require(CodecCapability capability) {
        assumeTrue(can(capability), "the codec cannot do " + capability);
    }

    private static JsonNode json(String text) {
        return DifferClauses.json(text);
    }

    /** Returns a delta between two states that adds, removes and replaces values. */
    private static StateDelta delta(JsonNode a, JsonNode b) {
        return JsonEquality.same(a, b) ? StateDelta.empty() : RandomDeltas.between(a, b);
    }

    private void assertArrives(StateDelta delta, JsonNode before) {
        DeltaCodec codec = create().against(before);
        byte[] bytes;
        try {
            bytes = codec.encode(delta);
        } catch (DeltaException refused) {
            assertThat(can(CodecCapability.NULL_MEMBERS))
                    .as("a null in an object is refused: %s", refused.getMessage())
                    .isFalse();
            assertThat(refused).hasMessageContaining("null");
            return;
        }
        JsonNode after = delta.applyTo(before);
        StateDelta decoded = codec.decode(bytes);
        assertThat(JsonEquality.same(decoded.applyTo(before), after))
                .as("the effect of %s, was that of %s", delta, decoded)
                .isTrue();
        assertThat(JsonEquality.same(decoded.invert().applyTo(after), before))
                .as("the effect of undoing %s", decoded)
                .isTrue();
        if (can(CodecCapability.SAME_CHANGES)) {
            assertThat(decoded).isEqualTo(delta);
        }
        if (can(CodecCapability.WITHOUT_STATE)) {
            assertThat(create().decode(create().encode(delta))).isEqualTo(delta);
        }
    }

    @Test
    void decode_hasTheEffectOfTheEncodedDelta() {
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            assertArrives(delta(a, RandomStates.variant(a, random)), a);
            assertArrives(delta(a, RandomStates.state(random)), a);
        });
    }

    @Test
    void encode_anEmptyDeltaArrives() {
        for (String state : List.of("{}", "[]", "[1]", "1", "null", "'x'", "{'a':{'b':null}}")) {
            assertArrives(StateDelta.empty(), json(state));
        }
    }

    @Test
    void encode_aReplacedRootArrives() {
        String[] roots = {"null", "1", "'x'", "[]", "[null]", "{}", "{'a':[{'b':null}]}"};
        for (String before : roots) {
            for (String after : roots) {
                assertArrives(delta(json(before), json(after)), json(before));
            }
        }
    }

    @Test
    void encode_movesArrive() {
        JsonNode before = json("{'a':{'b':[1,2,3]},'c':5,'d':{}}");
        assertArrives(
                new StateDelta(List.of(
                        Change.moved(Pointer.parse("/a/b/0"), Pointer.parse("/a/b/2")),
                        Change.moved(Pointer.parse("/c"), Pointer.parse("/d/e")),
                        Change.moved(Pointer.parse("/d/e"), Pointer.parse("/a/b/1")))),
                before);
    }

    @Test
    void encode_splicesArrive() {
        JsonNode before = json("{'a':['one two three']}");
        Pointer path = Pointer.parse("/a/0");
        assertArrives(
                new StateDelta(List.of(
                        Change.spliced(path, TextNode.valueOf("two"), new TextSplice(4, 3, "2"), 0.3),
                        Change.spliced(path, TextNode.valueOf(""), new TextSplice(0, 0, "\uD83D\uDE00"), 0.25),
                        Change.spliced(path, TextNode.valueOf("three"), new TextSplice(8, 5, ""), 1))),
                before);
    }

    @Test
    void encode_everyMagnitudeArrives() {
        require(CodecCapability.SAME_CHANGES);
        JsonNode before = json("{'a':0}");
        for (double magnitude : new double[] {0, 1, 0.5, 0.01, 0.012, 1e-9, 1.0 / 3, Double.MIN_VALUE}) {
            assertArrives(
                    new StateDelta(List.of(Change.replaced(
                            ChangeKind.MODIFIED, Pointer.parse("/a"), json("0"), json("1"), magnitude))),
                    before);
        }
    }

    @Test
    void encode_aDeltaWithoutOldValuesArrives() {
        require(CodecCapability.SAME_CHANGES);
        StateDelta delta = new StateDelta(List.of(
                Change.removed(Pointer.parse("/a"), null),
                Change.replaced(ChangeKind.MODIFIED, Pointer.parse("/b"), null, json("2"), 0.5)));
        DeltaCodec codec = create().against(json("{'a':1,'b':1}"));
        assertThat(codec.decode(codec.encode(delta))).isEqualTo(delta);
    }

    @Test
    void decode_againstAnotherStateIsRefused() {
        require(CodecCapability.KNOWS_ITS_STATE);
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            JsonNode other = RandomStates.variant(a, random);
            StateDelta delta = delta(a, RandomStates.variant(a, random));
            byte[] bytes = create().against(a).encode(delta);
            assertThat(create().against(RandomStates.shuffled(a, random)).decode(bytes))
                    .isNotNull();
            if (!JsonEquality.same(a, other)) {
                assertThatExceptionOfType(DeltaException.class)
                        .isThrownBy(() -> create().against(other).decode(bytes))
                        .withMessageContaining("state");
            }
        });
    }

    @Test
    void encode_unusualNamesArrive() {
        JsonNode before = json("{}");
        List<Change> changes = new ArrayList<>();
        for (String name : List.of("", "~", "/", "~0", "a/b", "-", "0", "00", "12", "4294967296", "\u0000", "\uFFFF")) {
            changes.add(Change.added(Pointer.of(name), json("{}")));
            for (String inner : List.of("", "x".repeat(300), "x".repeat(299) + "y", "\uD83D\uDE00", "\uD83D\uDE01")) {
                changes.add(Change.added(Pointer.of(name, inner), json("1")));
            }
        }
        assertArrives(new StateDelta(changes), before);
    }

    @Test
    void encode_unpairedSurrogatesInNamesArriveOrAreRefused() {
        StateDelta delta = new StateDelta(List.of(Change.added(
                Pointer.of("\uD83D"), JsonNodeFactory.instance.objectNode().put("x\uDE00", 1))));
        if (can(CodecCapability.EVERY_NAME)) {
            assertArrives(delta, json("{}"));
        } else {
            DeltaCodec codec = create().against(json("{}"));
            assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> codec.encode(delta));
        }
    }

    @Test
    void encode_nullMembersArriveOrAreRefusedWithTheirPath() {
        StateDelta delta = delta(json("{'a':{}}"), json("{'a':{'b':{'c':null}}}"));
        if (can(CodecCapability.NULL_MEMBERS)) {
            assertArrives(delta, json("{'a':{}}"));
        } else {
            DeltaCodec codec = create().against(json("{'a':{}}"));
            assertThatExceptionOfType(DeltaException.class)
                    .isThrownBy(() -> codec.encode(delta))
                    .withMessageContaining("/a/b/c");
        }
    }

    @Test
    void encode_thousandsOfLevelsArriveOrAreRefused() {
        JsonNode before = RandomStates.nested(DEEP, json("1"));
        JsonNode after = RandomStates.nested(DEEP, json("2"));
        if (!can(CodecCapability.DEEP_VALUES)) {
            DeltaCodec codec = create().against(before);
            StateDelta tooDeep = delta(before, after);
            assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> codec.encode(tooDeep));
            return;
        }
        assertArrives(delta(before, after), before);
        assertArrives(delta(json("{}"), after), json("{}"));
        Pointer deep = Pointer.ROOT;
        for (JsonNode node = before;
                node.isContainerNode();
                node = node.elements().next()) {
            deep = node.isArray() ? deep.child(0) : deep.child("n");
        }
        assertArrives(
                new StateDelta(List.of(Change.replaced(ChangeKind.MODIFIED, deep, json("1"), json("2"), 0.5))), before);
    }

    @Test
    void encode_manyChangesArrive() {
        ObjectNode before = JsonNodeFactory.instance.objectNode();
        ArrayNode array = before.putArray("all");
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            array.addObject().put("id", i).put("v", i / 3.0);
            Pointer v = Pointer.of("all").child(i).child("v");
            changes.add(Change.replaced(
                    ChangeKind.MODIFIED, v, array.get(i).get("v"), JsonNodeFactory.instance.numberNode(i / 7.0), 0.5));
        }
        assertArrives(new StateDelta(changes), before);
    }

    @Test
    void decode_foreignBytesAreRefused() {
        DeltaCodec codec = create().against(json("{}"));
        for (String text :
                List.of("", "[", "{\"a\":", "\"", "nul", "[1] x", "\u0000", "GTD", "GTD\u0002aaaaaaaaaaaaaa")) {
            assertThatExceptionOfType(DeltaException.class)
                    .as("'%s'", text)
                    .isThrownBy(() -> codec.decode(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void decode_truncatedBytesAreRefused() {
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            byte[] bytes = encoded(delta(a, RandomStates.variant(a, random)), a);
            if (bytes.length > 2 && bytes[0] > '9') {
                byte[] cut = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1));
                assertThatExceptionOfType(DeltaException.class)
                        .isThrownBy(() -> create().against(a).decode(cut));
            }
        });
    }

    @Test
    void decode_changedBytesAreRefusedOrADelta() {
        decodeChangedBytes(FUZZ_CASES);
    }

    @Test
    @Tag("full")
    void decode_manyChangedBytesAreRefusedOrADelta() {
        decodeChangedBytes(20 * FUZZ_CASES);
    }

    private void decodeChangedBytes(int cases) {
        RandomCases.run(cases, random -> {
            JsonNode a = RandomStates.state(random);
            byte[] bytes = encoded(delta(a, RandomStates.variant(a, random)), a);
            DeltaCodec codec = create().against(a);
            for (int i = 0; i < 5; i++) {
                try {
                    assertThat(codec.decode(changed(bytes, random))).isNotNull();
                } catch (DeltaException refused) {
                    assertThat(refused.getMessage()).isNotBlank();
                }
            }
        });
    }

    private byte[] encoded(StateDelta delta, JsonNode before) {
        try {
            return create().against(before).encode(delta);
        } catch (DeltaException cannot) {
            return create().against(before).encode(StateDelta.empty());
        }
    }

    /** Returns the bytes with some overwritten, omitted, repeated or swapped. */
    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
            int from = random.nextInt(changed.length);
            int to = from + random.nextInt(changed.length - from);
            switch (random.nextInt(5)) {
                case 0 -> changed[from] = (byte) random.nextInt();
                case 1 -> changed[from] ^= (byte) (1 << random.nextInt(8));
                case 2 -> changed = Arrays.copyOf(changed, to);
                case 3 -> {
                    byte[] longer = Arrays.copyOf(changed, changed.length + to - from);
                    System.arraycopy(changed, from, longer, changed.length, to - from);
                    changed = longer;
                }
                default -> System.arraycopy(changed, from, changed, random.nextInt(from + 1), to - from);
            }
        }
        return changed;
    }

    @Test
    void decode_hostileNestingIsRefused() {
        DeltaCodec codec = create().against(json("{}"));
        for (String nest : List.of("[", "{\"a\":", "[{\"kind\":\"added\",\"path\":\"/a\",\"after\":[")) {
            byte[] bytes = nest.repeat(200_000).getBytes(StandardCharsets.UTF_8);
            assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> codec.decode(bytes));
        }
    }

    @Test
    void codec_isSafeForSeveralThreads() throws Exception {
        DeltaCodec codec = create();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int seed = i;
                all.add(threads.submit(() -> use(codec, new Random(seed))));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static void use(DeltaCodec codec, Random random) {
        for (int i = 0; i < 200; i++) {
            ObjectNode before = JsonNodeFactory.instance.objectNode().put("a", 0);
            JsonNode after = JsonNodeFactory.instance
                    .objectNode()
                    .put("a", random.nextInt())
                    .put("b", "x".repeat(random.nextInt(500)));
            DeltaCodec ofState = codec.against(before);
            StateDelta decoded = ofState.decode(ofState.encode(delta(before, after)));
            assertThat(JsonEquality.same(decoded.applyTo(before), after)).isTrue();
        }
    }
}
