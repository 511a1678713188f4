package dev.geotherm.diff.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeltaFormatTest {
    private static final Path PAGE = Path.of("../docs/reference/deltas.md");
    private static final String ROW = "| `%s` | %s |";

    @ParameterizedTest
    @EnumSource
    void of_recognizesWhatItsCodecEncodes(DeltaFormat format) {
        JsonNode before = JsonNodeFactory.instance.objectNode().put("a", 1);
        StateDelta delta =
                new StateDelta(List.of(Change.added(Pointer.of("b"), JsonNodeFactory.instance.numberNode(2))));
        byte[] bytes = format.codec().against(before).encode(delta);
        assertThat(DeltaFormat.of(bytes)).isEqualTo(format);
        assertThat(format.codec().against(before).decode(bytes).applyTo(before)).isEqualTo(delta.applyTo(before));
    }

    @Test
    void of_ambiguousBytesAreRefusedWithTheFormats() {
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> DeltaFormat.of("[1]".getBytes(UTF_8)))
                .withMessageContaining("delta, json-patch, merge-patch, binary");
    }

    @Test
    void values_areTheTableOfTheReferencePage() throws IOException {
        List<String> rows = Files.readString(PAGE)
                .lines()
                .dropWhile(line -> !line.startsWith("| `--format` |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        List<String> expected = Arrays.stream(DeltaFormat.values())
                .map(format -> ROW.formatted(format.id(), format.description()))
                .toList();
        assertThat(rows).hasSameSizeAs(expected);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).startsWith(expected.get(i));
        }
    }
}
