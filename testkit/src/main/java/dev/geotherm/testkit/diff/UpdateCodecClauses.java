package dev.geotherm.testkit.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.StateReplica.Outcome;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.diff.UpdateCodec;
import dev.geotherm.api.diff.UpdateFormat;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.NegativeZero;
import dev.geotherm.testkit.RandomCases;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clauses about {@link StateDiffer#updateCodec}. */
abstract class UpdateCodecClauses extends DifferClauses {
    private static final int CASES = 100;

    UpdateCodecClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void decode_returnsAnEqualUpdate() {
        StateDiffer differ = differ();
        for (UpdateFormat format : UpdateFormat.values()) {
            UpdateCodec codec = differ.updateCodec(format);
            RandomCases.run(CASES, random -> {
                JsonNode state = RandomStates.state(random);
                TrackedState tracked = differ.track(state);
                RevisionDelta delta = tracked.commit(RandomStates.variant(state, random));
                assertThat(codec.decode(codec.encode(delta))).isEqualTo(delta);
                StateSnapshot snapshot = tracked.snapshot();
                StateSnapshot decoded = (StateSnapshot) codec.decode(codec.encode(snapshot));
                assertThat(decoded.revision()).isEqualTo(snapshot.revision());
                assertThat(decoded.at()).isEqualTo(snapshot.at());
                assertThat(decoded.fingerprint()).isEqualTo(snapshot.fingerprint());
                assertSame(decoded.toJson(), snapshot.toJson());
                tracked.close();
            });
        }
    }

    @Test
    void decode_keepsEveryNumber() {
        StateDiffer differ = differ();
        List<JsonNode> numbers = List.of(
                DecimalNode.valueOf(new BigDecimal("100")),
                DecimalNode.valueOf(new BigDecimal("1E+2")),
                DecimalNode.valueOf(new BigDecimal("0.10")),
                DecimalNode.valueOf(new BigDecimal("12345678901234567890.123456789")),
                DecimalNode.valueOf(new BigDecimal("1E-400")),
                DoubleNode.valueOf(-0.0),
                DoubleNode.valueOf(2e-3),
                DoubleNode.valueOf(Double.parseDouble("2e23")),
                DoubleNode.valueOf(Double.MIN_VALUE),
                FloatNode.valueOf(0.1f),
                FloatNode.valueOf(Float.MIN_NORMAL),
                NegativeZero.of(0),
                NegativeZero.of(2),
                json("123456789012345678901234567890"));
        for (UpdateFormat format : UpdateFormat.values()) {
            UpdateCodec codec = differ.updateCodec(format);
            for (JsonNode number : numbers) {
                TrackedState state = differ.track(json("{}"));
                StateReplica replica = differ.replica();
                replica.apply(codec.decode(codec.encode(state.snapshot())));
                RevisionDelta delta = state.edit(editor -> editor.set(path("/amount"), number));
                assertThat(replica.apply(codec.decode(codec.encode(delta))))
                        .as("%s %s as %s", number.getClass(), number, format)
                        .isEqualTo(Outcome.APPLIED);
                StateReplica later = differ.replica();
                assertThat(later.apply(codec.decode(codec.encode(state.snapshot()))))
                        .as("%s %s as %s", number.getClass(), number, format)
                        .isEqualTo(Outcome.APPLIED);
                state.close();
            }
        }
    }

    @Test
    void decode_foreignBytesAreRefused() {
        TrackedState state = track("{'a':[1,2,3]}");
        for (UpdateFormat format : UpdateFormat.values()) {
            UpdateCodec codec = differ().updateCodec(format);
            byte[] whole = codec.encode(state.edit(editor -> editor.set(path("/b"), IntNode.valueOf(1))));
            for (String text : List.of("", "{", "{}", "[]", "null", "GTU", "GTU\u0001aaaaaaaaaaaaaaaaaaaaaaaaaaaa")) {
                assertThatExceptionOfType(DeltaException.class)
                        .as("%s as %s", text, format)
                        .isThrownBy(() -> codec.decode(text.getBytes(UTF_8)));
            }
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatExceptionOfType(DeltaException.class)
                        .as("%s bytes as %s", length, format)
                        .isThrownBy(() -> codec.decode(cut));
            }
        }
    }
}
