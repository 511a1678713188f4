package dev.geotherm.profiles.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.Settings;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.telemetry.TelemetrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReferencePageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "profiles.md");

    @Test
    void page_listsEveryKeyOfABuiltInProfile() throws IOException {
        String page = Files.readString(PAGE);
        List<Profile> profiles = Profiles.builtIn().all();
        assertThat(profiles).isNotEmpty();
        for (Profile profile : profiles) {
            assertThat(page).contains("`" + profile.name() + "`");
            assertThat(profile.values()).isNotEmpty();
            profile.values().keySet().forEach(key -> assertThat(page).contains("| `" + key + "` |"));
        }
    }

    @Test
    void page_listsPlatformSettingsWithDefaultAndDescription() throws IOException {
        String page = Files.readString(PAGE);
        Settings.describe(PlatformSettings.class)
                .forEach(setting -> assertThat(page).contains(row(setting.name(), setting)));
        Settings.describe(TelemetrySettings.class)
                .forEach(setting -> assertThat(page).contains(row("telemetry." + setting.name(), setting)));
    }

    private static String row(String key, Settings.Described setting) {
        return "| `" + key + "` | `" + setting.defaultValue() + "` | " + setting.description() + " |\n";
    }

    @Test
    void page_listsTheSectionsWithInstances() throws IOException {
        List<String> sections = Arrays.stream(ComponentKind.values())
                .filter(ComponentKind::hasInstances)
                .map(kind -> "`" + kind.section() + "`")
                .toList();
        int last = sections.size() - 1;
        assertThat(Files.readString(PAGE))
                .contains("The sections " + String.join(", ", sections.subList(0, last)) + " and " + sections.get(last)
                        + " have instances.");
    }

    @Test
    void page_hasTheVariablesOfItsKeys() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("`" + EnvironmentVariables.of("pool.maxSize") + "`")
                .contains("`" + EnvironmentVariables.of("logLevel") + "`")
                .contains("`" + EnvironmentVariables.of("pool.use") + "`")
                .contains(EnvironmentVariables.of("pool.instances.vectors.maxSize") + "=8");
    }
}
