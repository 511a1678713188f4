package dev.geotherm.profiles.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.Settings;
import dev.geotherm.profiles.telemetry.TelemetrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReferencePageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "profiles.md");

    @Test
    void thePageListsEveryKeyOfABuiltInProfile() throws IOException {
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
    void thePageListsOurOwnSettingsWithTheirDefaults() throws IOException {
        String page = Files.readString(PAGE);
        Settings.describe(PlatformSettings.class)
                .forEach(setting ->
                        assertThat(page).contains("| `" + setting.name() + "` | `" + setting.defaultValue() + "` |"));
        Settings.describe(TelemetrySettings.class)
                .forEach(setting -> assertThat(page)
                        .contains("| `telemetry." + setting.name() + "` | `" + setting.defaultValue() + "` |"));
    }

    @Test
    void variablesInThePageAreThoseOfTheirKeys() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("`" + EnvironmentVariables.of("pool.maxSize") + "`")
                .contains("`" + EnvironmentVariables.of("logLevel") + "`")
                .contains("`" + EnvironmentVariables.of("pool.use") + "`");
    }
}
