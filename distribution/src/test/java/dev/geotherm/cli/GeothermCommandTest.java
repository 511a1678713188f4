package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.cli.terminal.DataWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command within this process: its output and exit codes. */
class GeothermCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "diff",
                "patch",
                "profile",
                "profile list",
                "profile show",
                "profile validate",
                "plugins",
                "doctor"
            })
    void help_existsForEveryCommand(String command) {
        assertThat(execute((command + " --help").strip().split(" "))).isZero();
        assertThat(out.toString()).startsWith("Usage: geotherm" + (command.isEmpty() ? "" : " " + command));
        assertThat(out.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    static Stream<CommandLine> everyCommand() {
        Environment none = new Environment(
                Map.of(),
                Path.of(""),
                new DataWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                false,
                false);
        return withSubcommands(new CommandLine(new GeothermCommand(none)));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().flatMap(GeothermCommandTest::withSubcommands));
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void help_hasNoEmptySections(CommandLine command) {
        List<String> lines = command.getUsageMessage().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches("[A-Z].*:")) {
                assertThat(i + 1 < lines.size() ? lines.get(i + 1) : "")
                        .as("%s, below '%s'", command.getCommandSpec().qualifiedName(), lines.get(i))
                        .isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void help_listsTheEnvironment(CommandLine command) {
        assertThat(command.getUsageMessage()).containsOnlyOnce("Environment:").contains("GEOTHERM_OPTS", "NO_COLOR");
    }

    @Test
    void help_listsExitCodes() {
        execute("--help");
        assertThat(out.toString()).contains("Exit codes:", "130, 143");
    }

    @Test
    void profileList_showsParents() throws Exception {
        assertThat(execute("profile", "list")).isZero();
        assertThat(out.toString().lines().map(line -> line.split(" +")[0]))
                .containsExactly("profile", "balanced", "dev", "experiment", "perf");
        out.getBuffer().setLength(0);
        execute("profile", "list", "--json");
        assertThat(Json.MAPPER.readTree(out.toString())).hasSize(4);
    }

    @Test
    void profileShow_showsSources() throws Exception {
        environment.put("GEOTHERM_POOL_MAX_SIZE", "300");
        assertThat(execute("profile", "show", "perf", "--set", "streaming.workers=2", "--json"))
                .isZero();
        JsonNode settings = Json.MAPPER.readTree(out.toString()).path("settings");
        assertThat(setting(settings, "pool.maxSize")).isEqualTo("300 environment GEOTHERM_POOL_MAX_SIZE");
        assertThat(setting(settings, "streaming.workers")).isEqualTo("2 --set");
        assertThat(setting(settings, "streaming.capacity")).isEqualTo("2000 profile perf");
        assertThat(setting(settings, "pool.maxWait")).endsWith(" default");
    }

    @Test
    void profileValidate_reportsEveryProblemOfEveryProfile() throws Exception {
        Path broken =
                Files.writeString(home.resolve("broken.yaml"), "extends: balanced\npool:\n  maxSize: -1\n  size: 3\n");
        assertThat(execute("profile", "validate", "balanced", broken.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).contains("balanced: valid", broken + ": not valid");
        assertThat(err.toString()).contains("pool.maxSize: must be at least 1, was -1", "pool.size: unknown setting");
    }

    @Test
    void plugins_listsBuiltInImplementations() {
        assertThat(execute("plugins")).isZero();
        assertThat(out.toString()).contains("striped", "tree", "lanes", "local", "hashing", "memory", "lucene");
    }

    @Test
    void profile_unknownOneIsAUsageError() {
        assertThat(execute("run", "--profile", "pref")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("unknown profile 'pref'; did you mean 'perf'?")
                .doesNotContain("\tat ");
    }

    @Test
    void retrieve_modeWithoutQueriesIsRefused() {
        assertThat(execute("run", "--retrieve", "provenance")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("lexical, similarity or fused");
    }

    @Test
    void colours_areForTerminalsAndCanBeDisabled() {
        execute(true, "profile", "list");
        assertThat(out.toString()).startsWith("\u001b[1m");
        out.getBuffer().setLength(0);
        environment.put("NO_COLOR", "1");
        execute(true, "profile", "list");
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    private static String setting(JsonNode settings, String key) {
        for (JsonNode setting : settings) {
            if (setting.path("key").asText().equals(key)) {
                return setting.path("value").asText() + " "
                        + setting.path("origin").asText();
            }
        }
        throw new AssertionError("no setting " + key);
    }

    private int execute(String... arguments) {
        return execute(false, arguments);
    }

    private int execute(boolean terminal, String... arguments) {
        environment.putIfAbsent("XDG_CONFIG_HOME", home.resolve("none").toString());
        Environment console =
                new Environment(environment, home, new DataWriter(out), new PrintWriter(err, true), terminal, terminal);
        return GeothermCommand.execute(console, arguments);
    }
}
