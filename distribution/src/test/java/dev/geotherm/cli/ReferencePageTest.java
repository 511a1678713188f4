package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.Settings;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.engine.EngineSection;
import dev.geotherm.profiles.config.ProfileSection;
import dev.geotherm.profiles.plugin.DiscoveredFactory;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference page of settings matches the declarations of the settings. */
class ReferencePageTest {
    private static final Path PAGE = Path.of("../docs/reference/profiles.md");

    static Stream<DiscoveredFactory> builtIn() {
        return Discovery.of(Plugins.none()).all().stream();
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void page_listsEverySettingWithDefaultAndDescription(DiscoveredFactory found) throws IOException {
        String page = Files.readString(PAGE);
        String section = found.kind().section();
        assertThat(page.lines())
                .as("the row of %s.use", section)
                .anyMatch(row -> row.startsWith("| `" + section + ".use` |") && row.contains("`" + found.name() + "`"));
        for (Settings.Described setting : Settings.describe(found.factory().settings())) {
            assertThat(page)
                    .contains("| `%s.%s` | %s | %s |\n"
                            .formatted(
                                    section,
                                    setting.name(),
                                    setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
                                    setting.description()));
        }
    }

    @Test
    void page_listsEverySettingOfTheEngine() throws IOException {
        ProfileSection section = new EngineSection();
        for (Settings.Described setting : Settings.describe(section.settings())) {
            assertThat(Files.readString(PAGE))
                    .contains("| `%s.%s` | `%s` | %s |\n"
                            .formatted(section.name(), setting.name(), setting.defaultValue(), setting.description()));
        }
    }

    @Test
    void page_listsEveryKind() {
        assertThat(builtIn().map(DiscoveredFactory::kind)).contains(ComponentKind.values());
    }
}
