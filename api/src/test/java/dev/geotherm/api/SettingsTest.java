package dev.geotherm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

    enum Colour {
        RED,
        DARK_BLUE
    }

    record Everything(
            @Setting(defaultValue = "1", description = "An int.")
            int number,

            @Setting(defaultValue = "2", description = "A long.")
            long large,

            @Setting(defaultValue = "0.5", description = "A double.")
            double share,

            @Setting(defaultValue = "true", description = "A boolean.")
            boolean on,

            @Setting(defaultValue = "text", description = "A text.")
            String text,

            @Setting(defaultValue = "30s", description = "A duration.")
            Duration time,

            @Setting(defaultValue = "64MiB", description = "A size.")
            DataSize size,

            @Setting(defaultValue = "a/b", description = "A path.")
            Path path,

            @Setting(defaultValue = "dark-blue", description = "An enum.")
            Colour colour,

            @Setting(defaultValue = "a, b", description = "A list.")
            List<String> list) {

        Everything {
            new Problems()
                    .require(number >= 1, "number", "must be at least 1, was %s", number)
                    .require(share <= number, "share", "must be at most number (%s), was %s", number, share)
                    .throwIfAny();
        }
    }

    @Nested
    class Binding {

        @Test
        void defaults_areTheDeclaredOnes() {
            assertThat(Settings.defaults(Everything.class))
                    .isEqualTo(new Everything(
                            1,
                            2,
                            0.5,
                            true,
                            "text",
                            Duration.ofSeconds(30),
                            new DataSize(64 << 20),
                            Path.of("a/b"),
                            Colour.DARK_BLUE,
                            List.of("a", "b")));
        }

        @Test
        void of_bindsEveryType() {
            Everything bound = Settings.of(
                    Everything.class,
                    Map.of(
                            "number", "1_000",
                            "large", "9223372036854775807",
                            "share", "-2.5e-3",
                            "on", "FALSE",
                            "text", " kept as it is ",
                            "time", "250ms",
                            "size", "2GiB",
                            "path", "/tmp/x",
                            "colour", "Red",
                            "list", "x,, y ,"));
            assertThat(bound)
                    .isEqualTo(new Everything(
                            1000,
                            Long.MAX_VALUE,
                            -0.0025,
                            false,
                            " kept as it is ",
                            Duration.ofMillis(250),
                            new DataSize(2L << 30),
                            Path.of("/tmp/x"),
                            Colour.RED,
                            List.of("x", "y")));
        }

        @Test
        void of_missingValueKeepsItsDefault() {
            Everything bound = Settings.of(Everything.class, Map.of("number", "7"));
            assertThat(bound.number()).isEqualTo(7);
            assertThat(bound.large()).isEqualTo(2);
        }

        @Test
        void toTexts_readsBackAsAnEqualRecord() {
            Everything settings = new Everything(
                    3,
                    -1,
                    1.0 / 3,
                    false,
                    "a: b",
                    Duration.ofMinutes(90),
                    new DataSize(1025),
                    Path.of("x y"),
                    Colour.RED,
                    List.of());
            Map<String, String> texts = Settings.toTexts(settings);
            assertThat(Settings.of(Everything.class, texts)).isEqualTo(settings);
            assertThat(texts).containsEntry("time", "90m").containsEntry("colour", "red");
            assertThat(texts.keySet()).containsExactlyElementsOf(Settings.names(Everything.class));
        }

        @ParameterizedTest
        @CsvSource({
            "0, PT0S, 0s",
            "0s, PT0S, 0s",
            "1500ms, PT1.5S, 1500ms",
            "90s, PT90S, 90s",
            "60s, PT60S, 1m",
            "120m, PT2H, 2h",
            "48h, PT48H, 2d",
            "5 m, PT5M, 5m"
        })
        void of_andToTextsConvertDurations(String text, Duration duration, String written) {
            Everything bound = Settings.of(Everything.class, Map.of("time", text));
            assertThat(bound.time()).isEqualTo(duration);
            assertThat(Settings.toTexts(bound)).containsEntry("time", written);
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 999_999, 1_000_001, 1_500_000_000, 86_400_000_000_001L})
        void toTexts_keepsDurationsFinerThanMilliseconds(long nanos) {
            Everything defaults = Settings.defaults(Everything.class);
            Everything settings = new Everything(
                    defaults.number(),
                    defaults.large(),
                    defaults.share(),
                    defaults.on(),
                    defaults.text(),
                    Duration.ofNanos(nanos),
                    defaults.size(),
                    defaults.path(),
                    defaults.colour(),
                    defaults.list());
            assertThat(Settings.of(Everything.class, Settings.toTexts(settings)))
                    .isEqualTo(settings);
        }
    }

    @Nested
    class Refusing {

        @ParameterizedTest
        @CsvSource({
            "number, 1.5, a whole number",
            "number, 2147483648, a whole number",
            "number, '', a whole number",
            "number, _1, a whole number",
            "large, 9223372036854775808, a whole number",
            "share, NaN, a number",
            "share, Infinity, a number",
            "share, half, a number",
            "on, yes, true or false",
            "time, 30, a duration such as",
            "time, -1s, a duration such as",
            "time, 999999999999999d, a duration such as",
            "size, 1MB, a size such as",
            "size, -1, a size such as",
            "colour, blue, 'one of red, dark-blue'"
        })
        void of_textOfTheWrongTypeIsRefused(String name, String text, String expected) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> Settings.of(Everything.class, Map.of(name, text)))
                    .withMessageStartingWith(name + ": must be " + expected)
                    .withMessageEndingWith("was '" + text + "'");
        }

        @Test
        void of_unknownNameIsRefusedWithASuggestion() {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> Settings.of(Everything.class, Map.of("nubmer", "1")))
                    .withMessage("nubmer: unknown setting 'nubmer'; did you mean 'number'?");
        }

        @Test
        void of_percentSignInNameIsNotAFormat() {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> Settings.of(Everything.class, Map.of("%n%d", "1")))
                    .withMessageContaining("'%n%d'");
        }

        @Test
        void of_reportsProblemsFoundByTheRecord() {
            assertThat(problems(Map.of("number", "0")))
                    .containsExactly(
                            new Problem("number", "must be at least 1, was 0"),
                            new Problem("share", "must be at most number (0), was 0.5"));
        }

        @Test
        void of_reportsAllProblemsAtOnce() {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("colours", "red");
            values.put("time", "soon");
            values.put("share", "8");
            assertThat(problems(values)).extracting(Problem::path).containsExactly("colours", "time", "share");
        }

        @Test
        void of_unreadableTextIsReportedOnceAndHidesNoOtherProblem() {
            assertThat(problems(Map.of("share", "much", "number", "0")))
                    .extracting(Problem::path)
                    .containsExactly("share", "number");
        }

        private List<Problem> problems(Map<String, String> values) {
            return catchThrowableOfType(SettingsException.class, () -> Settings.of(Everything.class, values))
                    .problems();
        }
    }

    @Nested
    class Describing {

        @Test
        void describe_returnsEverySettingInOrder() {
            List<Settings.Described> described = Settings.describe(Everything.class);
            assertThat(described)
                    .extracting(Settings.Described::name)
                    .containsExactly(
                            "number", "large", "share", "on", "text", "time", "size", "path", "colour", "list");
            assertThat(described.get(8))
                    .isEqualTo(new Settings.Described(
                            "colour", "one of red, dark-blue", "dark-blue", "An enum.", false, false, false));
            assertThat(described).extracting(Settings.Described::expected).doesNotContain("");
        }

        record Login(
                @Setting(defaultValue = "", description = "A password.")
                Secret password) {}

        @Test
        void aSecretIsNeverPrinted() {
            Login login = Settings.of(Login.class, Map.of("password", "hunter2"));
            assertThat(login.password().reveal()).isEqualTo("hunter2");
            assertThat(login).hasToString("Login[password=***]");
            assertThat(Settings.defaults(Login.class)).hasToString("Login[password=]");
            assertThat(Settings.of(Login.class, Settings.toTexts(login))).isEqualTo(login);
            assertThat(Settings.describe(Login.class).get(0).secret()).isTrue();
        }

        record Undescribed(int number) {}

        record WrongDefault(
                @Setting(defaultValue = "x", description = "A number.")
                int number) {}

        record WrongType(
                @Setting(defaultValue = "x", description = "A type.")
                Thread thread) {}

        @Test
        void describe_componentWithoutSettingIsRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Settings.defaults(Undescribed.class))
                    .withMessageContaining("Undescribed.number")
                    .withMessageContaining("@Setting");
        }

        @Test
        void defaults_invalidDefaultIsRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Settings.defaults(WrongDefault.class))
                    .withMessageContaining("WrongDefault.number");
        }

        @Test
        void defaults_unsupportedTypeIsRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Settings.defaults(WrongType.class))
                    .withMessageContaining("WrongType.thread")
                    .withMessageContaining("java.lang.Thread");
        }

        @Test
        void of_unsupportedTypeIsRefusedEvenWithAValue() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Settings.of(WrongType.class, Map.of("thread", "main")))
                    .withMessageContaining("java.lang.Thread");
        }
    }

    record Bounds(
            @Setting(defaultValue = "1", description = "The least.")
            int min,

            @Setting(defaultValue = "5", description = "The most.")
            int max) {

        Bounds {
            new Problems()
                    .require(min <= max, "min", "must be at most max (%s), was %s", max, min)
                    .throwIfAny();
        }
    }

    record Outer(
            Bounds bounds,

            @Setting(defaultValue = "x", description = "A name.")
            String name) {}

    record Doubled(
            Bounds bounds,

            @Setting(defaultValue = "1", description = "Again.")
            int max) {}

    @Nested
    class NestedRecords {

        @Test
        void names_includeThoseOfNestedRecords() {
            assertThat(Settings.names(Outer.class)).containsExactly("min", "max", "name");
            assertThat(Settings.describe(Outer.class))
                    .extracting(Settings.Described::name)
                    .containsExactly("min", "max", "name");
            Outer outer = Settings.of(Outer.class, Map.of("max", "9", "name", "y"));
            assertThat(outer).isEqualTo(new Outer(new Bounds(1, 9), "y"));
            assertThat(Settings.of(Outer.class, Settings.toTexts(outer))).isEqualTo(outer);
        }

        @Test
        void of_reportsProblemsOfAllLevelsAtOnce() {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> Settings.of(Outer.class, Map.of("max", "many", "min", "x", "nam", "z")))
                    .satisfies(refused -> assertThat(refused.problems())
                            .extracting(Problem::path)
                            .containsExactlyInAnyOrder("nam", "min", "max"));
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> Settings.of(Outer.class, Map.of("min", "7")))
                    .withMessageContaining("must be at most max (5), was 7");
        }

        @Test
        void names_duplicateNameIsRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Settings.names(Doubled.class))
                    .withMessageContaining("two settings with the same name");
        }
    }

    @Nested
    class With {

        @Test
        void with_replacesGivenValuesAndKeepsTheRest() {
            Outer outer = Settings.of(Outer.class, Map.of("max", "9"));
            assertThat(Settings.with(outer, Map.of("name", "z"))).isEqualTo(new Outer(new Bounds(1, 9), "z"));
        }

        @Test
        void with_refusesInvalidCombinations() {
            Outer outer = Settings.of(Outer.class, Map.of("max", "9"));
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> Settings.with(outer, Map.of("min", "10")));
        }
    }
}
