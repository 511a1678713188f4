package dev.geotherm.profiles.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.Problem;
import dev.geotherm.api.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProfileReaderTest {
    private static ParsedProfile read(String text) {
        return new ProfileReader("mine", "/mine.yaml").read(text);
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream().map(Problem::toString).toList();
    }

    @Test
    void text_staysAsWritten() {
        assertThat(read("pool: {maxSize: 0x10, initialSize: 010, use: yes}\ndebug: on\n")
                        .sound()
                        .values())
                .isEqualTo(Map.of("pool.maxSize", "0x10", "pool.initialSize", "010", "pool.use", "yes", "debug", "on"));
    }

    @Test
    void list_isJoinedByCommas() {
        ParsedProfile source = read("diff:\n  ignoredPaths:\n    - /a\n    - \"/b c\"\n  timestampFields: []\n");
        assertThat(source.sound().values())
                .isEqualTo(Map.of("diff.ignoredPaths", "/a,/b c", "diff.timestampFields", ""));
        assertThat(source.lists()).containsExactlyInAnyOrder("diff.ignoredPaths", "diff.timestampFields");
    }

    @Test
    void key_hasItsLine() {
        assertThat(read("# first\nextends: dev\npool:\n\n  maxSize: 3\n").lines())
                .isEqualTo(Map.of("extends", 2, "pool.maxSize", 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n", "pool:\n", "null\n", "{}\n"})
    void emptyFile_isAnEmptyProfile(String text) {
        assertThat(read(text).sound().values()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pol: {maxSize: 1} | pol: unknown section or setting 'pol'; did you mean 'pool'?",
                "pool: 5 | pool: must be a section with settings below it, was '5'",
                "pool: [a] | pool: must be a section with settings below it, was a list",
                "pool: {maxSize: {a: 1}} | pool.maxSize: must be a plain value or a list of such, was a section",
                "pool: {maxSize: } | pool.maxSize: must have a value, was nothing",
                "pool: {a: 1, a: 2} | pool.a: occurs twice",
                "{debug: true, debug: true} | debug: occurs twice",
                "pool.maxSize: 5 | contains an invalid key, 'pool.maxSize'",
                "pool: {max.size: 5} | pool: contains an invalid key, 'max.size'",
                "diff: {ignoredPaths: [[a]]} | diff.ignoredPaths: must be a list of plain values without commas",
                "diff: {ignoredPaths: [`a,b`]} | diff.ignoredPaths: must be a list of plain values without commas",
                "diff: {ignoredPaths: [null]} | must be a list of plain values without commas, contains nothing",
                "extends: [dev] | extends: must be a plain value, was a list",
                "extends: A B | extends: must be the name of a profile, was 'A B'",
                "focus: fun | focus: must be one of general, debugging",
                "debug: {a: b} | debug: must be a plain value",
                "just a text | must be sections with settings below them, was 'just a text'",
                "[a, b] | must be sections with settings below them, was a list",
                "pool: {maxSize: !!java.net.URL x} | was a value with the tag tag:yaml.org,2002:java.net.URL",
                "pool: {maxSize: !mine x} | was a value with the tag !mine",
                "pool: !!java.util.HashMap {} | pool: must be a section with settings below it",
            })
    void form_thatIsWrongIsReportedWithItsPlace(String text, String expected) {
        assertThat(problems(text.replace("`", "'")))
                .singleElement()
                .asString()
                .contains(expected)
                .contains("(profile mine, /mine.yaml line 1)");
    }

    @Test
    void problems_areAllReportedAndTheRestIsRead() {
        ParsedProfile source = read("focus: fun\npol: 1\npool:\n  maxSize: {}\n  use: striped\n");
        assertThat(source.problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("focus", "pol", "pool.maxSize");
        assertThat(source.profile().values()).isEqualTo(Map.of("pool.use", "striped"));
        assertThatThrownBy(source::sound).isInstanceOf(SettingsException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pool: [",
                "pool: {a: b",
                "a: b: c",
                "\tpool: 1",
                "pool: 'x",
                "a: 1\n---\nb: 2\n",
                "pool: *nowhere",
                "pool: {[a]: 5}",
                "%YAML 9.0\n---\na: 1",
                "a: \u0000"
            })
    void text_thatIsNotYamlIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("profile mine, /mine.yaml")
                .hasMessageContaining("must be YAML");
    }

    @Test
    void nesting_isRefusedBeforeItExhaustsTheStack() {
        assertThatThrownBy(() -> read("pool: " + "[".repeat(100_000)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("must not be nested deeper than 16 levels");
    }

    @Test
    void aliases_thatMultiplyAreRefused() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        assertThatThrownBy(() -> read(text.toString()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("aliases");
    }

    @Test
    void alias_ofItselfIsRefused() {
        assertThat(problems("pool: &p {maxSize: *p}\n"))
                .singleElement()
                .asString()
                .contains("pool.maxSize");
    }

    @Test
    void file_thatIsTooLargeIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "#" + "x".repeat(300 * 1024));
        assertThatThrownBy(() -> ProfileFile.read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("must be at most 256KiB long");
    }

    @Test
    void file_thatIsNotUtf8IsRefused(@TempDir Path folder) throws IOException {
        Path file =
                Files.write(folder.resolve("mine.yaml"), "description: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ProfileFile.read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("must be a text in UTF-8");
    }

    @Test
    void byteOrderMark_isSkipped(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "\uFEFFextends: dev\n");
        assertThat(ProfileFile.read(file).sound().parent()).isEqualTo("dev");
    }

    @Test
    void folder_isRefused(@TempDir Path folder) throws IOException {
        Path file = Files.createDirectory(folder.resolve("mine.yaml"));
        assertThatThrownBy(() -> ProfileFile.read(file)).hasMessageContaining("must be a file");
    }
}
