package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.cli.terminal.DataWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command within this process: its output and exit codes. */
class GeothermCommandTest {
    @TempDir
    Path home;

    private InProcess command;

    @BeforeEach
    void prepare() {
        command = new InProcess(home);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "ingest",
                "search",
                "anchors",
                "dead-letters",
                "forget",
                "verify",
                "export",
                "import",
                "compact",
                "diff",
                "patch",
                "profile",
                "profile list",
                "profile show",
                "profile validate",
                "plugins",
                "doctor"
            })
    void help_existsForEveryCommand(String name) {
        String help =
                command.run((name + " --help").strip().split(" ")).succeeds().out();
        assertThat(help).startsWith("Usage: geotherm" + (name.isEmpty() ? "" : " " + name));
        assertThat(help.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void help_hasTheWidthOfTheTerminal() {
        String wide = command.with("COLUMNS", "200").run("run", "--help").out();
        String narrow = command.with("COLUMNS", "60").run("run", "--help").out();
        assertThat(narrow.lines()).allMatch(line -> line.length() <= 60).hasSizeGreaterThan((int)
                wide.lines().count());
        assertThat(wide.lines()).anyMatch(line -> line.length() > 100).allMatch(line -> line.length() <= 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "run --version"})
    void version_isPrinted(String line) {
        assertThat(command.run(line.split(" ")).succeeds().out())
                .startsWith("geotherm " + Version.number() + "\nJava " + System.getProperty("java.version"));
    }

    @Test
    void completion_isOfAllCommands() throws Exception {
        Path script = home.resolve("script");
        CompletionScript.main(new String[] {script.toString()});
        String generated = command.run("generate-completion").succeeds().out();
        assertThat(generated).contains("--exit-code", "--keep-unknown-judgements", "validate");
        assertThat(withoutDate(generated)).isEqualTo(withoutDate(Files.readString(script)));
    }

    private static String withoutDate(String script) {
        return script.replaceAll("(?m)^# (Date|Generated).*$", "").strip();
    }

    static Stream<CommandLine> everyCommand() {
        Environment none = new Environment(
                Map.of(),
                Path.of(""),
                InputStream.nullInputStream(),
                new DataWriter(OutputStream.nullOutputStream()),
                new DataWriter(OutputStream.nullOutputStream()),
                false,
                false);
        return withSubcommands(GeothermCommand.withSubcommands(new GeothermCommand(none)));
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
        assertThat(command.run("--help").succeeds().out())
                .contains("Exit codes:", "130, 143")
                .containsPattern("\\n +4 +diff --exit-code: something differs");
    }

    @Test
    void profileList_showsParents() throws Exception {
        assertThat(command.run("profile", "list").succeeds().out().lines().map(line -> line.split(" +")[0]))
                .containsExactly("profile", "balanced", "dev", "experiment", "perf");
        assertThat(Json.MAPPER.readTree(
                        command.run("profile", "list", "--json").succeeds().out()))
                .hasSize(4);
    }

    @Test
    void profileShow_showsSources() throws Exception {
        Ended shown = command.with("GEOTHERM_POOL_MAX_SIZE", "300")
                .run("profile", "show", "perf", "--set", "streaming.workers=2", "--json")
                .succeeds();
        JsonNode settings = Json.MAPPER.readTree(shown.out()).path("settings");
        assertThat(setting(settings, "pool.maxSize")).isEqualTo("300 environment GEOTHERM_POOL_MAX_SIZE");
        assertThat(setting(settings, "streaming.workers")).isEqualTo("2 --set");
        assertThat(setting(settings, "streaming.capacity")).isEqualTo("2000 profile perf");
        assertThat(setting(settings, "pool.maxWait")).endsWith(" default");
    }

    @Test
    void profileValidate_reportsEveryProblemOfEveryProfile() throws Exception {
        Path broken =
                Files.writeString(home.resolve("broken.yaml"), "extends: balanced\npool:\n  maxSize: -1\n  size: 3\n");
        Ended ended = command.run("profile", "validate", "balanced", broken.toString())
                .fails(ExitCode.USAGE);
        assertThat(ended.out()).contains("balanced: valid", broken + ": not valid");
        assertThat(ended.err()).contains("pool.maxSize: must be at least 1, was -1", "pool.size: unknown setting");
    }

    @Test
    void plugins_listsBuiltInImplementations() {
        assertThat(command.run("plugins").succeeds().out())
                .contains("striped", "tree", "lanes", "local", "hashing", "memory", "lucene");
    }

    @Test
    void profile_unknownOneIsAUsageError() {
        assertThat(command.run("run", "--profile", "pref").fails(ExitCode.USAGE).err())
                .contains("unknown profile 'pref'; did you mean 'perf'?");
    }

    @Test
    void retrieve_modeWithoutQueriesIsRefused() {
        assertThat(command.run("run", "--retrieve", "provenance")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("lexical, similarity, fused, weighted or composite");
    }

    @Test
    void colours_areForTerminalsAndCanBeDisabled() {
        command.onTerminal();
        assertThat(command.run("profile", "list").out()).startsWith("\u001b[1m");
        assertThat(command.with("NO_COLOR", "1").run("profile", "list").out()).doesNotContain("\u001b");
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
}
