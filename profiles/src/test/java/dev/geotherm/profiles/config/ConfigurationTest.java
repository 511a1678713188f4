package dev.geotherm.profiles.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Problem;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import dev.geotherm.profiles.Fakes;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import dev.geotherm.profiles.telemetry.TelemetrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationTest {
    private static final Discovery DISCOVERY = Discovery.of(Plugins.none());

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Configuration bind(String profile, Map<String, String> environment, String... sets) {
        return Configuration.bind(
                Profiles.builtIn().withFolder(folder),
                profile,
                Overrides.of(environment, Arrays.asList(sets)),
                DISCOVERY);
    }

    private List<String> problems(String profile, Map<String, String> environment, String... sets) {
        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> bind(profile, environment, sets));
        assertThat(refused).as("refused").isNotNull();
        return refused.problems().stream().map(Problem::toString).toList();
    }

    private static EffectiveSetting setting(Configuration configuration, String key) {
        return configuration.settings().stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError(key));
    }

    private static String value(Configuration configuration, String key) {
        return setting(configuration, key).value();
    }

    @ParameterizedTest
    @CsvSource({
        "dev, pool.initialSize, 20",
        "dev, pool.maxSize, 100",
        "dev, pool.cleanupInterval, 1m",
        "dev, diff.depthLimit, 5",
        "dev, diff.compression, false",
        "dev, diff.cacheAge, 5m",
        "dev, streaming.initialBatch, 5",
        "dev, streaming.maxBatch, 20",
        "dev, streaming.capacity, 100",
        "dev, streaming.highWatermark, 0.7",
        "dev, streaming.batchTimeout, 30s",
        "dev, anchors.maxAge, 7d",
        "dev, anchors.consolidation, 0.9",
        "dev, anchors.evictionHeat, 0.1",
        "dev, retrieval.batchSize, 10",
        "dev, retrieval.parallel, false",
        "dev, retrieval.prefetch, false",
        "dev, telemetry.detail, true",
        "dev, telemetry.realTime, true",
        "dev, telemetry.retention, 4h",
        "dev, telemetry.export, false",
        "dev, debug, true",
        "dev, logLevel, debug",
        "balanced, pool.initialSize, 50",
        "balanced, pool.maxSize, 500",
        "balanced, pool.cleanupInterval, 5m",
        "balanced, diff.depthLimit, 10",
        "balanced, diff.compression, true",
        "balanced, diff.cacheAge, 1h",
        "balanced, streaming.initialBatch, 10",
        "balanced, streaming.maxBatch, 50",
        "balanced, streaming.capacity, 500",
        "balanced, streaming.highWatermark, 0.8",
        "balanced, streaming.batchTimeout, 30s",
        "balanced, anchors.maxAge, 30d",
        "balanced, anchors.consolidation, 0.8",
        "balanced, anchors.evictionHeat, 0.1",
        "balanced, retrieval.batchSize, 50",
        "balanced, retrieval.parallel, false",
        "balanced, retrieval.prefetch, false",
        "balanced, telemetry.detail, false",
        "balanced, telemetry.realTime, false",
        "balanced, telemetry.retention, 1d",
        "balanced, telemetry.export, false",
        "balanced, debug, false",
        "balanced, logLevel, info",
        "perf, pool.initialSize, 100",
        "perf, pool.maxSize, 1000",
        "perf, pool.cleanupInterval, 10m",
        "perf, diff.depthLimit, 15",
        "perf, diff.compression, true",
        "perf, diff.cacheAge, 2h",
        "perf, streaming.initialBatch, 50",
        "perf, streaming.maxBatch, 200",
        "perf, streaming.capacity, 2000",
        "perf, streaming.highWatermark, 0.95",
        "perf, streaming.batchTimeout, 1m",
        "perf, anchors.maxAge, 60d",
        "perf, anchors.consolidation, 0.7",
        "perf, anchors.evictionHeat, 0.05",
        "perf, retrieval.batchSize, 100",
        "perf, retrieval.parallel, true",
        "perf, retrieval.prefetch, true",
        "perf, telemetry.detail, false",
        "perf, telemetry.realTime, false",
        "perf, telemetry.retention, 2d",
        "perf, telemetry.export, false",
        "perf, debug, false",
        "perf, logLevel, warn",
        "experiment, pool.initialSize, 200",
        "experiment, pool.maxSize, 2000",
        "experiment, pool.cleanupInterval, 30m",
        "experiment, diff.depthLimit, 20",
        "experiment, diff.compression, true",
        "experiment, diff.cacheAge, 4h",
        "experiment, streaming.initialBatch, 100",
        "experiment, streaming.maxBatch, 500",
        "experiment, streaming.capacity, 5000",
        "experiment, streaming.highWatermark, 0.98",
        "experiment, streaming.batchTimeout, 2m",
        "experiment, anchors.maxAge, 90d",
        "experiment, anchors.consolidation, 0.6",
        "experiment, anchors.evictionHeat, 0.02",
        "experiment, retrieval.batchSize, 200",
        "experiment, retrieval.parallel, true",
        "experiment, retrieval.prefetch, true",
        "experiment, telemetry.detail, true",
        "experiment, telemetry.realTime, true",
        "experiment, telemetry.retention, 7d",
        "experiment, telemetry.export, true",
        "experiment, debug, false",
        "experiment, logLevel, info",
    })
    void builtInProfile_hasTheValuesOfItsTable(String profile, String key, String expected) {
        assertThat(value(bind(profile, Map.of()), key)).isEqualTo(expected);
    }

    @Test
    void settings_nameAValueThatTheImplementationReplaces() {
        assertThat(bind("balanced", Map.of(), "pool.use=sliced").table())
                .containsPattern("pool\\.exactReturns +true +\\(default\\)\n");
        assertThat(bind("balanced", Map.of(), "pool.use=sliced", "pool.exactReturns=true")
                        .table())
                .containsPattern("pool\\.exactReturns +true +--set\n");
        assertThat(bind(
                                "balanced",
                                Map.of(),
                                "pool.use=sliced",
                                "pool.exactReturns=false",
                                "pool.instances.vectors.exactReturns=false")
                        .table())
                .containsPattern("pool\\.exactReturns +true +the implementation, which replaces false from --set\n")
                .containsPattern("pool\\.instances\\.vectors\\.exactReturns +true +the implementation, which replaces"
                        + " false from --set\n");
    }

    @Test
    void bind_fillsTheRecordOfTheChosenImplementation() {
        Configuration configuration = bind("dev", Map.of());
        assertThat(configuration.settings(ComponentKind.POOL))
                .isEqualTo(new Fakes.StripedSettings(
                        20,
                        100,
                        Duration.ofMinutes(1),
                        WhenExhausted.ALLOCATE,
                        Duration.ofSeconds(1),
                        0.9,
                        10,
                        WhenMisused.REFUSE,
                        true,
                        1));
        assertThat(configuration.implementation(ComponentKind.POOL).name()).isEqualTo("striped");
        assertThat(configuration.telemetry())
                .isEqualTo(new TelemetrySettings(true, true, Duration.ofHours(4), false, DataSize.parse("64MiB")));
        assertThat(configuration.debug()).isTrue();
        assertThat(configuration.logLevel()).isEqualTo(LogLevel.DEBUG);
        assertThat(configuration.profile().name()).isEqualTo("dev");
    }

    @Test
    void bind_namesTheSourceThatIsInForce() throws IOException {
        write("base.yaml", "extends: balanced\npool: {maxSize: 100, initialSize: 10, cleanupInterval: 1s}\n");
        write("mine.yaml", "extends: base\npool: {maxSize: 200, initialSize: 20}\n");
        Configuration configuration = bind(
                "mine",
                Map.of("GEOTHERM_POOL_MAX_SIZE", "300", "GEOTHERM_POOL_MAX_WAIT", "3s", "PATH", "/bin"),
                "pool.maxSize=400");
        assertThat(List.of(
                        setting(configuration, "pool.maxSize"),
                        setting(configuration, "pool.maxWait"),
                        setting(configuration, "pool.initialSize"),
                        setting(configuration, "pool.cleanupInterval"),
                        setting(configuration, "diff.depthLimit"),
                        setting(configuration, "pool.pressureThreshold")))
                .extracting(s -> s.key() + " " + s.value() + " " + s.origin() + " " + s.defaultValue())
                .containsExactly(
                        "pool.maxSize 400 --set false",
                        "pool.maxWait 3s environment GEOTHERM_POOL_MAX_WAIT false",
                        "pool.initialSize 20 profile mine false",
                        "pool.cleanupInterval 1s profile base false",
                        "diff.depthLimit 10 profile balanced false",
                        "pool.pressureThreshold 0.9 default true");
    }

    @Test
    void bind_reportsEveryProblemWithItsPlace() throws IOException {
        Path base = write("base.yaml", "extends: balanced\nretrieval:\n  batchSze: 3\n");
        Path mine = write(
                "mine.yaml",
                "extends: base\nfocus: fun\npool:\n  maxSize: 0\n  initialSize: many\ndiff: {cacheAge: 3 weeks}\n"
                        + "streaming:\n  highWatermark: 2\nembedding: {use: hashin}\ntelemetry: {retention: 0s}\n");
        assertThat(problems(
                        "mine",
                        Map.of("GEOTHERM_ANCHORS_MAX_AGE", "old", "GEOTHERM_POOL_MAXSIZE", "1"),
                        "retrieval.parallel=perhaps",
                        "pol.maxSize=1",
                        "logLevel=loud"))
                .containsExactlyInAnyOrder(
                        "focus: must be one of general, debugging, throughput, memory-efficiency, research, was 'fun'"
                                + " (profile mine, " + mine + " line 2)",
                        "pool.maxSize: must be at least 1, was 0 (profile mine, " + mine + " line 4)",
                        "pool.initialSize: must be a whole number, was 'many' (profile mine, " + mine + " line 5)",
                        "diff.cacheAge: must be a duration such as 250ms, 30s, 5m, 2h or 7d, was '3 weeks'"
                                + " (profile mine, " + mine + " line 6)",
                        "streaming.highWatermark: must be in (0, 1], was 2.0 (profile mine, " + mine + " line 8)",
                        "embedding.use: unknown embedding implementation 'hashin'; did you mean 'hashing'?"
                                + " (searched: class path) (profile mine, " + mine + " line 9)",
                        "telemetry.retention: must be longer than 0, was 0s (profile mine, " + mine + " line 10)",
                        "retrieval.batchSze: unknown setting 'batchSze'; did you mean 'batchSize'? (profile base, "
                                + base + " line 3)",
                        "anchors.maxAge: must be a duration such as 250ms, 30s, 5m, 2h or 7d, was 'old' (environment"
                                + " GEOTHERM_ANCHORS_MAX_AGE)",
                        "GEOTHERM_POOL_MAXSIZE: unknown environment variable; did you mean 'GEOTHERM_POOL_MAX_SIZE'?",
                        "retrieval.parallel: must be true or false, was 'perhaps' (--set)",
                        "pol.maxSize: unknown setting 'pol.maxSize'; did you mean 'pool.maxSize'? (--set)",
                        "logLevel: must be one of error, warn, info, debug, trace, was 'loud' (--set)");
    }

    @Test
    void problem_ofABuiltInValueNamesTheProfile() {
        assertThat(problems("balanced", Map.of(), "pool.maxSize=10"))
                .singleElement()
                .asString()
                .startsWith("pool.initialSize: must be at most maxSize (10), was 50 (profile balanced, built in line ");
    }

    @Test
    void environment_variablesOfTheCommandAreNotSettings() {
        Configuration configuration = bind(
                "balanced",
                Map.of(
                        "GEOTHERM_HOME",
                        "x",
                        "GEOTHERM_OPTS",
                        "x",
                        "GEOTHERM_PROFILE",
                        "x",
                        "GEOTHERM_PLUGINS",
                        "x",
                        "GEOTHERM_PROFILES",
                        "x",
                        "NOT_GEOTHERM_X",
                        "x"));
        assertThat(configuration.settings()).noneMatch(s -> s.value().equals("x"));
    }

    @Test
    void environment_ofOthersIsLeftAlone() {
        Map<String, String> foreign = Map.of(
                "GEOTHERM_SERVICE_HOST", "10.0.0.1",
                "GEOTHERM_PORT_8080_TCP_ADDR", "10.0.0.1",
                "GEOTHERM_POOL_PORT", "tcp://10.0.0.1:80",
                "GEOTHERM_POOL_SERVICE_PORT_HTTP", "80",
                "GEOTHERM_", "x",
                "GEOTHERM_STREAMING", "x",
                "GEOTHERM_API_KEY", "hunter2",
                "GEOTHERM_POLL_MAX_SIZE", "7");
        Configuration configuration = bind("balanced", foreign);
        assertThat(configuration.settings())
                .isEqualTo(bind("balanced", Map.of()).settings());
        assertThat(configuration.warnings())
                .containsExactly(
                        "the environment variable GEOTHERM_ is ignored: it is not a setting",
                        "the environment variable GEOTHERM_API_KEY is ignored: it is not a setting",
                        "the environment variable GEOTHERM_POLL_MAX_SIZE is ignored: it is not a setting; did you mean"
                                + " 'GEOTHERM_POOL_MAX_SIZE'?",
                        "the environment variable GEOTHERM_STREAMING is ignored: it is not a setting; did you mean"
                                + " 'GEOTHERM_STREAMING_USE'?");
    }

    @Test
    void environment_hasAVariableForEverySetting() {
        Configuration configuration = bind("balanced", Map.of());
        for (EffectiveSetting setting : configuration.settings()) {
            String variable = "GEOTHERM_"
                    + setting.key()
                            .replaceAll("([A-Z])", "_$1")
                            .replace('.', '_')
                            .toUpperCase(java.util.Locale.ROOT);
            assertThat(setting(bind("balanced", Map.of(variable, setting.value())), setting.key())
                            .origin())
                    .isEqualTo("environment " + variable);
        }
    }

    @Test
    void use_isRequired() throws IOException {
        write("mine.yaml", "pool: {use: striped}\n");
        assertThat(problems("mine", Map.of()))
                .hasSize(ComponentKind.values().length - 1)
                .contains("diff.use: must name an implementation; choose one of tree");
    }

    @Test
    void setting_ofAnotherImplementationIsRefusedByItsName() {
        assertThat(problems("balanced", Map.of(), "pool.stripes=4"))
                .containsExactly("pool.stripes: is a setting of the implementation sliced, not of striped (--set)");
        assertThat(problems("balanced", Map.of("GEOTHERM_POOL_STRIPES", "4")))
                .containsExactly("pool.stripes: is a setting of the implementation sliced, not of striped (environment"
                        + " GEOTHERM_POOL_STRIPES)");
    }

    @Test
    void use_ofAnotherImplementationKeepsCommonSettings() throws IOException {
        write("mine.yaml", "extends: perf\npool: {use: sliced, stripes: 2}\n");
        Configuration configuration = bind("mine", Map.of());
        assertThat(value(configuration, "pool.maxSize")).isEqualTo("1000");
        assertThat(value(configuration, "pool.stripes")).isEqualTo("2");
        assertThat(configuration.settings()).noneMatch(s -> s.key().equals("pool.initialSize"));
        assertThat(value(bind("perf", Map.of(), "pool.use=sliced"), "pool.use")).isEqualTo("sliced");
    }

    @Test
    void setting_ofNoImplementationIsRefusedInAnAncestorToo() throws IOException {
        write("base.yaml", "extends: perf\npool: {maxSze: 1}\n");
        write("mine.yaml", "extends: base\npool: {use: sliced, initialSize: 4}\n");
        assertThat(problems("mine", Map.of()))
                .hasSize(2)
                .anyMatch(p -> p.startsWith("pool.maxSze: unknown setting 'maxSze'; did you mean 'maxSize'?"))
                .anyMatch(p -> p.startsWith("pool.initialSize: is a setting of the implementation striped, not of"));
    }

    @Test
    void list_isRefusedForAPlainSetting() throws IOException {
        write("mine.yaml", "extends: dev\npool: {maxSize: [100]}\ndiff: {ignoredPaths: [/a, /b]}\n");
        assertThat(problems("mine", Map.of()))
                .singleElement()
                .asString()
                .startsWith("pool.maxSize: must be a plain value, was a list (profile mine, ");
        write("mine.yaml", "extends: dev\ndiff: {ignoredPaths: [/a, /b]}\n");
        assertThat(((Fakes.TreeSettings) bind("mine", Map.of()).settings(ComponentKind.DIFF)).ignoredPaths())
                .containsExactly("/a", "/b");
    }

    @Test
    void secret_isMaskedWhereverItCouldBePrinted() throws IOException {
        String[] sliced = {"pool.use=sliced", "pool.password=hunter2", "pool.instances.vectors.password=hunter2"};
        Configuration configuration = bind("balanced", Map.of("GEOTHERM_POOL_STRIPES", "9"), sliced);
        Fakes.SlicedSettings settings = (Fakes.SlicedSettings) configuration.settings(ComponentKind.POOL);
        assertThat(settings.password().reveal()).isEqualTo("hunter2");
        write("mine.yaml", "extends: dev\npool: {use: sliced, password: hunter2}\n");
        List<Object> printed = List.of(
                configuration.table(),
                configuration.settings(),
                configuration.instances(ComponentKind.POOL),
                configuration.instances(ComponentKind.POOL).apply("vectors", settings),
                settings,
                Profiles.builtIn().withFolder(folder).find("mine"),
                Overrides.of(Map.of("GEOTHERM_POOL_PASSWORD", "hunter2"), List.of(sliced)),
                problems("balanced", Map.of(), "pool.use=sliced", "pool.password=hunter2-hunter2-hunter2"));
        assertThat(printed).allSatisfy(each -> assertThat(each.toString()).doesNotContain("hunter2"));
        assertThat(configuration.table()).contains("***");
    }

    @Test
    void table_isAlignedAndMarksDefaults() {
        String[] lines = bind("balanced", Map.of(), "diff.ignoredPaths=/a\nforged  1  --set")
                .table()
                .split(System.lineSeparator());
        assertThat(lines[0]).startsWith("SETTING ").endsWith("FROM");
        int column = lines[0].indexOf("FROM");
        assertThat(lines).allSatisfy(line -> assertThat(line.charAt(column - 1)).isEqualTo(' '));
        assertThat(lines).hasSize(bind("balanced", Map.of()).settings().size() + 1);
        assertThat(lines).anyMatch(line -> line.startsWith("pool.maxWait ") && line.endsWith(" (default)"));
        assertThat(lines).anyMatch(line -> line.startsWith("pool.maxSize ") && line.endsWith(" profile balanced"));
        assertThat(lines).noneMatch(line -> line.startsWith("forged"));
    }

    @Test
    void bind_ofUnknownProfileNamesTheNearest() {
        assertThatThrownBy(() -> bind("pref", Map.of()))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("unknown profile 'pref'; did you mean 'perf'?");
    }
}
