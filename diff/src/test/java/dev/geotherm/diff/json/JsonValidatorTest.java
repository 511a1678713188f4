package dev.geotherm.diff.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Pointer;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.diff.codec.DeltaFormat;
import dev.geotherm.diff.codec.StateText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tracked states refuse values that JSON cannot represent, and every accepted value can be written and read. */
class JsonValidatorTest {
    private static final String HALF = "x\uD83D";
    private static final BigInteger LONGEST = BigInteger.TEN.pow(9_999);

    private final TreeDiffer differ =
            new TreeDiffer(Settings.defaults(TreeDifferSettings.class), ComponentContext.standalone("test"));

    @AfterEach
    void close() {
        differ.close();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode state() {
        ObjectNode state = object().put("a", 1);
        state.putArray("l").add(1);
        return state;
    }

    private static List<JsonNode> tooLong() {
        return List.of(
                BigIntegerNode.valueOf(BigInteger.TEN.pow(10_000)),
                BigIntegerNode.valueOf(LONGEST.negate()),
                BigIntegerNode.valueOf(BigInteger.ONE.shiftLeft(1_000_000)),
                DecimalNode.valueOf(new BigDecimal(LONGEST.negate())),
                DecimalNode.valueOf(new BigDecimal(LONGEST, 5)));
    }

    @Test
    void set_nameWithUnpairedSurrogateIsRefused() {
        TrackedState tracked = differ.track(state());
        Pointer path = Pointer.of(HALF);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracked.edit(editor -> editor.set(path, IntNode.valueOf(1))))
                .withMessageContaining("'/x\\ud83d'");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> tracked.edit(editor -> editor.object(Pointer.ROOT).set("\uDE00", 1)))
                .withMessageContaining("'/\\ude00'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracked.edit(editor -> editor.move(Pointer.of("a"), path)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracked.commit(state().put(HALF, 1)))
                .withMessageContaining("'/x\\ud83d'");
        assertThat(tracked.revision()).isZero();
        assertThat(tracked.snapshot().toJson()).isEqualTo(state());
    }

    @Test
    void set_valueWithSuchANameIsRefused() {
        ArrayNode around = JsonNodeFactory.instance.arrayNode();
        around.addObject().putObject("in").put(HALF, 1);
        TrackedState tracked = differ.track(state());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracked.edit(editor -> editor.insert(Pointer.of("l", "0"), around)))
                .withMessageContaining("'/l/0/0/in/x\\ud83d'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracked.commit(state().set("new", around)))
                .withMessageContaining("'/new/0/in/x\\ud83d'");
        assertThatIllegalArgumentException().isThrownBy(() -> differ.track(around));
    }

    @Test
    void move_refusedLeavesTheEditUnchanged() {
        TrackedState tracked = differ.track(state());
        RevisionDelta made = tracked.edit(editor -> {
            assertThatIllegalArgumentException().isThrownBy(() -> editor.move(Pointer.of("a"), Pointer.of(HALF)));
            editor.set(Pointer.of("b"), IntNode.valueOf(2));
        });
        assertThat(made.delta().applyTo(state())).isEqualTo(state().put("b", 2));
    }

    @Test
    void set_textWithUnpairedSurrogateIsAcceptedInEveryFormat() throws IOException {
        TrackedState tracked = differ.track(state());
        RevisionDelta made = tracked.edit(editor -> editor.set(Pointer.of("a"), TextNode.valueOf(HALF)));
        JsonNode after = tracked.snapshot().toJson();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        StateText.write(after, text);
        assertThat(StateText.read(new ByteArrayInputStream(text.toByteArray()))).isEqualTo(after);
        for (DeltaFormat format : DeltaFormat.values()) {
            byte[] bytes = format.codec().against(state()).encode(made.delta());
            assertThat(format.codec().against(state()).decode(bytes).applyTo(state()))
                    .as("%s", format)
                    .isEqualTo(after);
        }
    }

    @Test
    void set_numberTooLongToParseIsRefused() {
        TrackedState tracked = differ.track(state());
        for (JsonNode number : tooLong()) {
            JsonNode around = object().set("in", number);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tracked.edit(editor -> editor.set(Pointer.of("a"), number)))
                    .withMessageContaining("'/a'")
                    .withMessageContaining("10000");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tracked.edit(editor -> editor.insert(Pointer.of("l", "-"), around)))
                    .withMessageContaining("'/l/-/in'");
            assertThatIllegalArgumentException().isThrownBy(() -> tracked.commit(around));
            assertThatIllegalArgumentException().isThrownBy(() -> differ.track(around));
        }
        assertThat(tracked.revision()).isZero();
    }

    @Test
    void set_longestAcceptedNumberCanBeWrittenAndRead() throws IOException {
        TrackedState tracked = differ.track(state());
        JsonNode longest = BigIntegerNode.valueOf(LONGEST);
        JsonNode decimal = DecimalNode.valueOf(new BigDecimal(BigInteger.TEN.pow(9_997), 9_990));
        tracked.edit(editor -> editor.set(Pointer.of("a"), longest).set(Pointer.of("b"), decimal));
        JsonNode after = tracked.snapshot().toJson();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        StateText.write(after, text);
        assertThat(StateText.read(new ByteArrayInputStream(text.toByteArray()))).isEqualTo(after);
    }
}
