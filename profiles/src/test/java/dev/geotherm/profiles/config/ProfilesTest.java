package dev.geotherm.profiles.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.SettingsException;
import dev.geotherm.testkit.RandomCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProfilesTest {
    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Profiles profiles() {
        return Profiles.builtIn().withFolder(folder);
    }

    @Test
    void builtIn_areFourSortedByName() {
        assertThat(Profiles.builtIn().all())
                .extracting(Profile::name)
                .containsExactly("balanced", "dev", "experiment", "perf");
    }

    @Test
    void builtIn_haveFocusAndDescription() {
        Map<String, ProfileFocus> focus = new TreeMap<>();
        Profiles.builtIn().all().forEach(profile -> {
            focus.put(profile.name(), profile.focus());
            assertThat(profile.description()).endsWith(".");
            assertThat(profile.origin()).isEqualTo("built in");
        });
        assertThat(focus)
                .containsExactly(
                        Map.entry("balanced", ProfileFocus.GENERAL),
                        Map.entry("dev", ProfileFocus.DEBUGGING),
                        Map.entry("experiment", ProfileFocus.RESEARCH),
                        Map.entry("perf", ProfileFocus.THROUGHPUT));
    }

    @Test
    void all_includesTheFilesOfTheFolder() throws IOException {
        Path file = write("mine.yaml", "extends: perf\ndescription: Mine.\nfocus: memory-efficiency\n");
        assertThat(profiles().find("mine"))
                .isEqualTo(new Profile(
                        "mine",
                        "perf",
                        "Mine.",
                        ProfileFocus.MEMORY_EFFICIENCY,
                        Map.of(),
                        file.toAbsolutePath().toString()));
        assertThat(profiles().all()).extracting(Profile::name).contains("mine", "dev");
    }

    @Test
    void find_takesAPath() throws IOException {
        Path file = write("mine.yaml", "extends: perf\n");
        assertThat(Profiles.builtIn().find(file.toString()).name()).isEqualTo("mine");
    }

    @Test
    void find_ofUnknownNameNamesTheNearest() {
        assertThatThrownBy(() -> Profiles.builtIn().find("balancd"))
                .isInstanceOf(GeothermException.class)
                .hasMessage("unknown profile 'balancd'; did you mean 'balanced'?");
    }

    @Test
    void find_ofMissingFileNamesIt() {
        assertThatThrownBy(() -> Profiles.builtIn().find(folder + "/none.yaml"))
                .isInstanceOf(GeothermException.class)
                .hasMessage("there is no profile file " + folder.resolve("none.yaml"));
    }

    @Test
    void withFolder_ofMissingFolderNamesIt() {
        assertThatThrownBy(() -> Profiles.builtIn().withFolder(folder.resolve("none")))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining(folder.resolve("none").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "balanced", "perf", "experiment"})
    void file_withABuiltInNameIsRefused(String name) throws IOException {
        Path file = write(name + ".yaml", "focus: general\n");
        assertThatThrownBy(this::profiles)
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("the profile " + name + " is built in")
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> Profiles.builtIn().find(file.toString())).isInstanceOf(GeothermException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mine.yaml", "my_profile.yaml", "-a.yaml", "a--b.yaml", "mine.yml", "1.yaml"})
    void file_withAnInvalidNameIsReported(String name) throws IOException {
        write(name, "focus: general\n");
        assertThatThrownBy(() -> profiles().all())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(name);
    }

    @Test
    void all_reportsEveryBrokenFile() throws IOException {
        write("a.yaml", "focus: nonsense\n");
        write("b.yaml", "pool: [\n");
        write("fine.yaml", "extends: dev\n");
        assertThatThrownBy(() -> profiles().all())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("a.yaml line 1")
                .hasMessageContaining("b.yaml");
        assertThat(profiles().find("fine").parent()).isEqualTo("dev");
    }

    @Test
    void lineage_endsAtTheProfileThatExtendsNone() throws IOException {
        write("a.yaml", "extends: b\n");
        write("b.yaml", "extends: perf\n");
        assertThat(profiles().lineage(profiles().find("a")))
                .extracting(Profile::name)
                .containsExactly("a", "b", "perf", "balanced");
    }

    @Test
    void lineage_withUnknownParentNamesTheChain() throws IOException {
        write("a.yaml", "extends: b\n");
        write("b.yaml", "extends: prf\n");
        assertThatThrownBy(() -> profiles().lineage(profiles().find("a")))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("profile a extends profile b extends prf: unknown profile 'prf'")
                .hasMessageContaining("did you mean 'perf'?");
    }

    @Test
    void lineage_withACycleNamesTheChain() throws IOException {
        write("a.yaml", "extends: b\n");
        write("b.yaml", "extends: c\n");
        write("c.yaml", "extends: b\n");
        assertThatThrownBy(() -> profiles().lineage(profiles().find("a")))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("profile a extends profile b extends profile c extends b:");
    }

    @Test
    void lineage_ofItselfIsRefused() throws IOException {
        write("a.yaml", "extends: a\n");
        assertThatThrownBy(() -> profiles().lineage(profiles().find("a")))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("profile a extends a:");
    }

    @Test
    void save_isReadBack() {
        Path file = folder.resolve("deep").resolve("mine.yaml");
        Profile profile = new Profile(
                "mine",
                "dev",
                "Says \"so\": # yes",
                ProfileFocus.RESEARCH,
                Map.of("pool.maxSize", "7", "debug", "true", "diff.ignoredPaths", "/a b,/c", "pool.use", "striped"),
                file.toString());
        Profiles.save(profile, file);
        assertThat(Profiles.builtIn().find(file.toString())).isEqualTo(profile);
        assertThat(folder.resolve("deep")).isDirectoryContaining(f -> f.equals(file));
        assertThat(folder.resolve("deep").toFile().list()).hasSize(1);
    }

    @Test
    void save_keepsAnyText() {
        RandomCases.run(300, random -> {
            Map<String, String> values = new TreeMap<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                values.put(random.nextBoolean() ? "pool.k" + i : "logLevel", text(random));
            }
            Profile profile = new Profile("mine", null, text(random), ProfileFocus.GENERAL, values, "here");
            assertThat(new ProfileReader("mine", "here")
                            .read(ProfileWriter.text(profile))
                            .sound())
                    .isEqualTo(profile);
        });
    }

    private static String text(java.util.random.RandomGenerator random) {
        String alphabet = "a0 :#-'\"\\,[]{}&*!|>%@`~?\n\t.éß\u2028\uD83D\uDE00nullyes";
        int[] points = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    @Test
    void save_replacesTheWholeFile() throws IOException {
        Path file = write("mine.yaml", "description: " + "x".repeat(5000) + "\n");
        Profile profile = new Profile("mine", "dev", "", ProfileFocus.GENERAL, Map.of(), file.toString());
        Profiles.save(profile, file);
        assertThat(file).hasContent("extends: dev\nfocus: general\n");
    }

    @Test
    void save_refusesWhatNoFileMayHold() {
        for (String key : List.of("pol.maxSize", "nonsense", "pool.max.size")) {
            Profile profile = new Profile("mine", null, "", ProfileFocus.GENERAL, Map.of(key, "1"), "here");
            assertThatThrownBy(() -> Profiles.save(profile, folder.resolve("mine.yaml")))
                    .as(key)
                    .isInstanceOf(SettingsException.class);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void save_underAnotherNameIsRefused() {
        Profile profile = new Profile("mine", null, "", ProfileFocus.GENERAL, Map.of(), "here");
        assertThatThrownBy(() -> Profiles.save(profile, folder.resolve("other.yaml")))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("must be called mine.yaml");
        Profile dev = Profiles.builtIn().find("dev");
        assertThatThrownBy(() -> Profiles.save(dev, folder.resolve("dev.yaml")))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("built in");
        assertThatCode(() -> Profiles.save(profile, folder.resolve("mine.yaml")))
                .doesNotThrowAnyException();
    }

    @Test
    void save_toAnUnwritablePlaceNamesItAndLeavesNothing() throws IOException {
        Path blocked = write("blocked", "a file, not a folder");
        Profile profile = new Profile("mine", null, "", ProfileFocus.GENERAL, Map.of(), "here");
        assertThatThrownBy(() -> Profiles.save(profile, blocked.resolve("mine.yaml")))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("cannot write the profile file " + blocked.resolve("mine.yaml"));
    }
}
