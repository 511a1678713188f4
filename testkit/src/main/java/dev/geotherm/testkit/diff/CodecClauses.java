package dev.geotherm.testkit.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.RandomCases;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Clauses about {@link StateDiffer#codec}. */
abstract class CodecClauses extends DifferClauses {
    private static final int CASES = 300;

    CodecClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void decode_returnsAnEqualDelta() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            StateDelta delta = differ.diff(a, RandomStates.variant(a, random));
            assertThat(differ.codec().decode(differ.codec().encode(delta))).isEqualTo(delta);
        });
    }

    @Test
    void encode_encodesEveryKindOfChange() {
        StateDiffer differ = differ();
        JsonNode before = json("{'a':1,'b':[1,2],'c':'x','d':{'e':0}}");
        StateDelta delta = StateDelta.ofJsonPatch(
                json("[{'op':'move','from':'/a','path':'/d/f'},{'op':'add','path':'/b/1','value':null},"
                        + "{'op':'remove','path':'/b/0'},{'op':'replace','path':'/c','value':[]},"
                        + "{'op':'replace','path':'/d/e','value':1},{'op':'replace','path':'/d','value':{}},"
                        + "{'op':'replace','path':'/b','value':[9,8]},{'op':'replace','path':'/b','value':[]}]"),
                before);
        assertThat(delta.changes()).hasSize(8);
        StateDelta decoded = differ.codec().decode(differ.codec().encode(delta));
        assertThat(decoded).isEqualTo(delta);
        assertSame(decoded.applyTo(before), delta.applyTo(before));
    }

    @Test
    void encode_encodesAnEmptyDelta() {
        DeltaCodec codec = differ().codec();
        assertThat(codec.decode(codec.encode(StateDelta.empty())).isEmpty()).isTrue();
    }

    @Test
    void decode_foreignBytesAreRefused() {
        DeltaCodec codec = differ().codec();
        for (byte[] bytes : new byte[][] {{}, {0}, "[]".getBytes(UTF_8), "null".getBytes(UTF_8), new byte[1000]}) {
            assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> codec.decode(bytes));
        }
    }

    @Test
    void decode_damagedBytesAreRefusedOrADelta() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            byte[] bytes = differ.codec().encode(differ.diff(a, RandomStates.variant(a, random)));
            for (int i = 0; i < 10; i++) {
                try {
                    assertThat(differ.codec().decode(damaged(bytes, random))).isNotNull();
                } catch (DeltaException refused) {
                    assertThat(refused).hasMessageMatching("(?s).+");
                }
            }
        });
    }

    private byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = Arrays.copyOf(bytes, bytes.length + (random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0));
        if (random.nextInt(3) == 0) {
            damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
        }
        for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }

    @Test
    void metrics_countEncodedBytes() {
        StateDiffer differ = differ();
        ObjectNode after = JsonNodeFactory.instance.objectNode().put("a", "x".repeat(1000));
        byte[] bytes = differ.codec().encode(differ.diff(json("{}"), after));
        assertThat(differ.metrics().encodedBytes()).isEqualTo(bytes.length);
        assertThat(differ.metrics().deltaBytes()).isGreaterThan(1000);
        assertThat(differ.metrics().encodeTime().count()).isEqualTo(1);
    }
}
