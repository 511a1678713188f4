package dev.geotherm.profiles.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.geotherm.api.Problem;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.Fakes;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstanceSettingsTest {
    private static final Discovery DISCOVERY = Discovery.of(Plugins.none());

    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
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

    private static Fakes.StripedSettings pool(Configuration configuration, String instance) {
        Fakes.StripedSettings settings = (Fakes.StripedSettings) configuration.settings(ComponentKind.POOL);
        return configuration.instances(ComponentKind.POOL).apply(instance, settings);
    }

    private static String source(Configuration configuration, String key) {
        return configuration.settings().stream()
                .filter(setting -> setting.key().equals(key))
                .map(setting -> setting.value() + " from " + setting.origin())
                .findFirst()
                .orElseThrow(() -> new AssertionError(key));
    }

    @Test
    void instance_overridesTheComponentsSettings() throws IOException {
        write(
                "mine.yaml",
                "extends: balanced\npool: {maxSize: 600, instances: {vectors: {maxSize: 60, maxWait: 3s}}}\n");
        Configuration configuration = bind("mine", Map.of());
        assertThat(pool(configuration, "vectors").maxSize()).isEqualTo(60);
        assertThat(pool(configuration, "vectors").maxWait()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pool(configuration, "vectors").initialSize()).isEqualTo(50);
        assertThat(pool(configuration, "others"))
                .isSameAs(configuration.settings(ComponentKind.POOL))
                .extracting(Fakes.StripedSettings::maxSize)
                .isEqualTo(600);
    }

    @Test
    void instance_isInheritedSettingBySetting() throws IOException {
        write("base.yaml", "extends: balanced\npool: {instances: {vectors: {maxSize: 60, maxWait: 3s}}}\n");
        write("mine.yaml", "extends: base\npool: {instances: {vectors: {maxSize: 70}}}\n");
        Configuration configuration = bind("mine", Map.of());
        assertThat(pool(configuration, "vectors").maxSize()).isEqualTo(70);
        assertThat(pool(configuration, "vectors").maxWait()).isEqualTo(Duration.ofSeconds(3));
        assertThat(source(configuration, "pool.instances.vectors.maxSize")).isEqualTo("70 from profile mine");
        assertThat(source(configuration, "pool.instances.vectors.maxWait")).isEqualTo("3s from profile base");
        assertThat(configuration.table()).contains("pool.instances.vectors.maxSize");
    }

    @Test
    void environmentAndSet_outrankTheProfile() throws IOException {
        write("mine.yaml", "extends: balanced\npool: {instances: {vectors: {maxSize: 60}}}\n");
        Map<String, String> environment = Map.of("GEOTHERM_POOL_INSTANCES_VECTORS_MAX_SIZE", "61");
        assertThat(source(bind("mine", environment), "pool.instances.vectors.maxSize"))
                .isEqualTo("61 from environment GEOTHERM_POOL_INSTANCES_VECTORS_MAX_SIZE");
        assertThat(source(
                        bind("mine", environment, "pool.instances.vectors.maxSize=62"),
                        "pool.instances.vectors.maxSize"))
                .isEqualTo("62 from --set");
    }

    @Test
    void environment_meansTheDeclaredNameElseWordsJoinedByHyphens() throws IOException {
        write("mine.yaml", "extends: balanced\npool: {instances: {anchorSlots: {maxWait: 3s}}}\n");
        Configuration configuration = bind(
                "mine",
                Map.of(
                        "GEOTHERM_POOL_INSTANCES_ANCHOR_SLOTS_MAX_SIZE", "61",
                        "GEOTHERM_POOL_INSTANCES_OLD_BUFFERS_MAX_SIZE", "62"));
        assertThat(pool(configuration, "anchorSlots").maxSize()).isEqualTo(61);
        assertThat(pool(configuration, "old-buffers").maxSize()).isEqualTo(62);
    }

    @Test
    void environment_thatFitsTwoInstancesIsRefused() throws IOException {
        write("mine.yaml", "extends: balanced\npool: {instances: {my-pool: {maxSize: 60}, myPool: {maxSize: 70}}}\n");
        assertThat(problems("mine", Map.of("GEOTHERM_POOL_INSTANCES_MY_POOL_MAX_SIZE", "61")))
                .singleElement()
                .asString()
                .contains("GEOTHERM_POOL_INSTANCES_MY_POOL_MAX_SIZE: is ambiguous")
                .contains("pool.instances.my-pool.maxSize or pool.instances.myPool.maxSize")
                .contains("--set");
    }

    @Test
    void environment_ofAnUnknownSettingIsRefused() {
        assertThat(problems("balanced", Map.of("GEOTHERM_POOL_INSTANCES_VECTORS_COLOUR", "red")))
                .singleElement()
                .asString()
                .startsWith("GEOTHERM_POOL_INSTANCES_VECTORS_COLOUR: unknown environment variable");
    }

    @Test
    void problems_areAllReportedWithTheirSources() throws IOException {
        write("mine.yaml", """
                extends: balanced
                pool:
                  instances:
                    vectors:
                      maxSize: many
                      maxWiat: 3s
                    slots:
                      maxSize: 10
                      use: sliced
                batch:
                  instances:
                    nightly: {batchSize: 3}
                telemetry:
                  instances:
                    mine: {detail: true}
                """);
        assertThat(problems(
                        "mine",
                        Map.of(),
                        "diff.instances.deep.depthLimit=x",
                        "diff.instances.deep=1",
                        "pool.instances.vectors.pressureThreshold=0.5"))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem)
                                .startsWith("pool.instances.vectors.maxSize: must be a whole number, was 'many'")
                                .contains("mine.yaml line 5"),
                        problem -> assertThat(problem)
                                .startsWith("pool.instances.vectors.maxWiat: ")
                                .contains("maxWait")
                                .contains("mine.yaml line 6"),
                        problem -> assertThat(problem)
                                .startsWith("pool.instances.vectors.pressureThreshold: is one for all instances")
                                .contains("set pool.pressureThreshold instead")
                                .contains("(--set)"),
                        problem -> assertThat(problem)
                                .startsWith("pool.instances.slots.initialSize: must be at most maxSize (10), was 50")
                                .contains("as pool.initialSize is, from profile balanced, built in"),
                        problem -> assertThat(problem)
                                .startsWith("pool.instances.slots.use: all instances have the same implementation")
                                .contains("pool.use")
                                .contains("mine.yaml line 9"),
                        problem -> assertThat(problem)
                                .startsWith("batch.instances.nightly.batchSize: batch has no named instances"),
                        problem -> assertThat(problem)
                                .startsWith("telemetry.instances.mine.detail: telemetry has no named instances"),
                        problem -> assertThat(problem)
                                .startsWith("diff.instances.deep.depthLimit: must be a whole number, was 'x' (--set)"),
                        problem -> assertThat(problem)
                                .startsWith("diff.instances.deep: must be an instance and a setting of it"));
    }

    @Test
    void form_thatIsNotNamesWithSettingsIsRefused() throws IOException {
        write("mine.yaml", """
                extends: balanced
                pool: {instances: 3}
                streaming: {instances: {docs: 4}}
                diff: {instances: }
                """);
        assertThat(problems("mine", Map.of()))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem)
                                .startsWith("pool.instances: must be names of instances with settings below them"),
                        problem -> assertThat(problem)
                                .startsWith("streaming.instances.docs: must be an instance with settings below it"));
    }

    @Test
    void problemOfTheComponent_isNotRepeatedForEachInstance() throws IOException {
        write("mine.yaml", "extends: balanced\npool: {maxSize: 0, instances: {vectors: {maxWait: 3s}}}\n");
        assertThat(problems("mine", Map.of()))
                .allSatisfy(problem -> assertThat(problem).startsWith("pool.").doesNotContain("instances"));
    }

    @Test
    void settingOfAnotherImplementation_isLeftOutWhereItWasInherited() throws IOException {
        write("base.yaml", "extends: balanced\npool: {instances: {vectors: {maxSize: 60, maxWait: 3s}}}\n");
        write("mine.yaml", "extends: base\npool: {use: sliced}\n");
        Configuration configuration = bind("mine", Map.of());
        assertThat(configuration.instances(ComponentKind.POOL).texts())
                .isEqualTo(Map.of("vectors", Map.of("maxSize", "60")));
    }

    @Test
    void secretOfAnInstance_isMasked() throws IOException {
        write("mine.yaml", "extends: balanced\npool: {use: sliced, instances: {vectors: {password: hush}}}\n");
        assertThat(source(bind("mine", Map.of()), "pool.instances.vectors.password"))
                .isEqualTo("*** from profile mine");
    }

    @Test
    void savedProfile_readsBackWithItsInstances() throws IOException {
        write(
                "mine.yaml",
                "extends: balanced\npool: {maxSize: 600, instances: {vectors: {maxSize: 60}, a-b: {minSize: 1}}}\n");
        Profile profile = Profiles.builtIn().withFolder(folder).find("mine");
        Path copy = folder.resolve("copy");
        Profiles.save(profile, copy.resolve("mine.yaml"));
        assertThat(Profiles.builtIn().withFolder(copy).find("mine").values()).isEqualTo(profile.values());
        assertThat(Files.readString(copy.resolve("mine.yaml")))
                .contains(
                        "pool:\n  maxSize: 600\n  instances:\n    a-b:\n      minSize: 1\n    vectors:\n      maxSize: 60\n");
    }
}
