package dev.geotherm.diff.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid texts of states are refused with their position. */
class StateTextTest {
    private static byte[] document(String number) {
        return ("{\n  \"n\": " + number + "}").getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-999999999999", "1e2147483649", "0e99999999999", "1.5E-2147483648"})
    void read_tooLargeExponentIsRefusedWithItsPosition(String number) {
        assertThatExceptionOfType(JsonParseException.class)
                .isThrownBy(() -> StateText.read(new ByteArrayInputStream(document(number))))
                .satisfies(refused -> {
                    assertThat(refused.getLocation().getLineNr()).isEqualTo(2);
                    assertThat(refused.getLocation().getColumnNr()).isEqualTo(8);
                    assertThat(StateText.problem(refused)).contains("exponent", number);
                });
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> StateText.read(document(number)))
                .withMessageContainingAll("line 2, column 8", "exponent", number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0 AF",
                "C1 BF",
                "E0 80 AF",
                "E0 9F BF",
                "F0 80 80 AF",
                "F0 8F BF BF",
                "ED A0 80",
                "ED BF BF",
                "F4 90 80 80",
                "F5 80 80 80",
                "F8 88 80 80 80",
                "80",
                "BF",
                "FE",
                "FF",
                "C3",
                "E2 82",
                "F0 9F 98",
                "C3 28"
            })
    void read_bytesThatAreNotUtf8AreRefusedWithTheirPosition(String hex) throws IOException {
        byte[] bad = HexFormat.ofDelimiter(" ").parseHex(hex);
        for (int before : new int[] {0, 1, 7_980, 7_990, 7_999, 8_000, 20_000}) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            text.write("{\r\n  \"é\": \"".getBytes(StandardCharsets.UTF_8));
            text.write("x".repeat(before).getBytes(StandardCharsets.UTF_8));
            text.write(bad);
            text.write("\"}".getBytes(StandardCharsets.UTF_8));
            assertThatExceptionOfType(JsonParseException.class)
                    .isThrownBy(() -> StateText.read(new ByteArrayInputStream(text.toByteArray())))
                    .satisfies(refused -> {
                        assertThat(refused.getLocation().getLineNr()).isEqualTo(2);
                        assertThat(refused.getLocation().getColumnNr()).isEqualTo(10 + before);
                        assertThat(StateText.problem(refused))
                                .startsWith("not UTF-8: the byte 0x" + hex.substring(0, 2));
                    });
            assertThatExceptionOfType(DeltaException.class)
                    .isThrownBy(() -> StateText.read(text.toByteArray()))
                    .withMessageContainingAll("line 2, column " + (10 + before), "UTF-8");
        }
    }

    @Test
    void read_acceptsEveryCharacterInEveryEncoding() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int point = ' '; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 97) {
            if (point != '"' && point != '\\' && Character.getType(point) != Character.SURROGATE) {
                all.appendCodePoint(point);
            }
        }
        all.appendCodePoint(0xD7FF)
                .appendCodePoint(0xE000)
                .appendCodePoint(0x10FFFF)
                .appendCodePoint(0xFFFD);
        String text = "[\"" + all + "\"]";
        for (String charset : List.of("UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE")) {
            for (String mark : List.of("", "\uFEFF")) {
                byte[] bytes = (mark + text).getBytes(charset);
                assertThat(StateText.read(new ByteArrayInputStream(bytes))
                                .path(0)
                                .textValue())
                        .as(charset + mark)
                        .isEqualTo(all.toString());
            }
        }
        byte[] half = "[\"x\n\uD83D\"]".getBytes("UTF-16BE");
        half[9] = (byte) 0x3D;
        half[8] = (byte) 0xD8; // Java's encoder replaces an unpaired surrogate
        assertThatExceptionOfType(JsonParseException.class)
                .isThrownBy(() -> StateText.read(new ByteArrayInputStream(half)))
                .satisfies(
                        refused -> assertThat(refused.getLocation().getLineNr()).isEqualTo(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "-0.00",
                "-0E+5",
                "0.0",
                "0.10",
                "1E+2",
                "1.0E10",
                "100",
                "1.10",
                "0.0020",
                "-1E-7",
                "2.0E23",
                "12345678901234567890123",
                "0.1234567890123456789012345",
                "1E+400",
                "9007199254740993",
                "4.9E-324"
            })
    void write_numberIsWrittenAsItWasRead(String number) throws IOException {
        JsonNode read = StateText.read(new ByteArrayInputStream(document(number)));
        assertThat(StateText.format(read)).isEqualTo("{\"n\":" + number + "}");
        assertThat(StateText.parse(StateText.format(read))).isEqualTo(read);
        for (DeltaFormat format : List.of(DeltaFormat.DELTA, DeltaFormat.JSON_PATCH, DeltaFormat.BINARY)) {
            JsonNode before = StateText.parse("{\"n\":[]}");
            StateDelta delta = new StateDelta(
                    List.of(Change.replaced(ChangeKind.TYPE_CHANGED, Pointer.of("n"), null, read.get("n"), 1)));
            byte[] bytes = format.codec().against(before).encode(delta);
            JsonNode after = format.codec().apply(bytes, before);
            assertThat(StateText.format(after)).as("%s", format).isEqualTo("{\"n\":" + number + "}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":NaN} | JSON has no number NaN; put null or a text there",
                "{\"a\":-Infinity} | JSON has no number -Infinity; put null or a text there",
                "// x | JSON has no comments; remove them",
                "{\"a\":1, /* x */ \"b\":2} | JSON has no comments; remove them",
                "{\"a\":1,\uFEFF\"b\":2} | there is a byte order mark in the middle, probably because files were joined; remove it",
                "[\"a\u0007b\"] | the control character U+0007 must be escaped",
                "[\u0001] | the control character U+0001 is outside of a text; remove it",
                "{\"a\":1 | the JSON ends before it is complete",
                "{\"a\":1,} | Unexpected character '}'; a name in double quotes was expected",
                "[+1] | a number in JSON begins with a digit or a minus sign; remove the plus sign",
                "[007] | a number in JSON has no leading zeros; remove them, or put a text there",
                "{\"a\":1,\"a\":2} | member 'a' occurs twice in one object",
                "{\"a\":0x1F} | Unexpected character 'x'; a comma or '}' was expected",
                "[1 2] | Unexpected character '2'; a comma or ']' was expected",
                "{\"a\" 1} | Unexpected character '1'; a colon was expected",
                "[\"\\x41\"] | JSON has no escape \\x in texts; write \\\\ for a backslash",
                "{\"\\udc00\":1} | a name or text contains half of a surrogate pair"
            })
    void problem_doesNotNameTheSettingsOfALibrary(String text, String problem) {
        assertThatExceptionOfType(JsonParseException.class)
                .isThrownBy(() -> StateText.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .satisfies(refused -> assertThat(StateText.problem(refused)).isEqualTo(problem));
    }

    @Test
    void problem_ofSingleQuotesNamesTheQuotesOfJson() {
        assertThatExceptionOfType(JsonParseException.class)
                .isThrownBy(() -> StateText.read(new ByteArrayInputStream("{'a':1}".getBytes(StandardCharsets.UTF_8))))
                .satisfies(refused -> assertThat(StateText.problem(refused))
                        .isEqualTo("JSON has double quotes around names and texts, not single ones"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[.5]",
                "[1.]",
                "['a']",
                "{a:1}",
                "[1,]",
                "[1 2]",
                "[\"\\x\"]",
                "[\"a\nb\"]",
                "[nul]",
                "[1",
                "{\"a\":1,}",
                "[-]",
                "[undefined]",
                "[0x1F]",
                "[INF]"
            })
    void problem_ofAnyTextNamesNoSettingOfALibrary(String text) {
        assertThatExceptionOfType(JsonParseException.class)
                .isThrownBy(() -> StateText.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .satisfies(refused -> assertThat(StateText.problem(refused))
                        .doesNotContain("Feature", "enable", "ALLOW_", "Constraints", "Source", "REDACTED"));
    }

    @Test
    void write_failedWriteLeavesNoCompleteText() {
        JsonNode state = JsonNodeFactory.instance.objectNode().put("a", 1).put("\uD800", 2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> StateText.write(state, out));
        assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> StateText.read(out.toByteArray()));
    }

    @Test
    void readLines_returnsAnArray() throws IOException {
        byte[] lines = "{\"a\":1}\n\n[2]\r\n-0\n".getBytes(StandardCharsets.UTF_8);
        assertThat(StateText.format(StateText.readLines(new ByteArrayInputStream(lines))))
                .isEqualTo("[{\"a\":1},[2],-0]");
        assertThat(StateText.readLines(new ByteArrayInputStream(new byte[0]))).isEmpty();
        assertThatExceptionOfType(JsonParseException.class)
                .isThrownBy(() -> StateText.read(new ByteArrayInputStream(lines)))
                .satisfies(refused ->
                        assertThat(StateText.hasMoreThanOneValue(refused)).isTrue());
    }

    @Test
    void read_longNumberIsShortenedInTheMessage() {
        assertThatExceptionOfType(JsonParseException.class)
                .isThrownBy(() -> StateText.read(new ByteArrayInputStream(document("1".repeat(9_000) + "e9999999999"))))
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void read_acceptsTheLargestExponents() throws IOException {
        for (String number : List.of("1E+2147483647", "1E-2147483647")) {
            assertThat(StateText.read(new ByteArrayInputStream(document(number)))
                            .path("n")
                            .decimalValue())
                    .isEqualTo(number);
        }
    }
}
