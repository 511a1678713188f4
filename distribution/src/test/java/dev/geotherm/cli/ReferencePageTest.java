package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.Settings;
import dev.geotherm.profiles.Discovered;
import dev.geotherm.profiles.Discovery;
import dev.geotherm.profiles.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about settings says what the settings say of themselves. */
class ReferencePageTest {
    private static final Path PAGE = Path.of("../docs/reference/profiles.md");

    static Stream<Discovered> builtIn() {
        return Discovery.of(Plugins.none()).all().stream();
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void everySettingIsThereWithItsDefaultAndDescription(Discovered found) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (Settings.Described setting : Settings.describe(found.factory().settings())) {
            rows.append("| `%s.%s` | %s | %s |\n"
                    .formatted(
                            found.kind().section(),
                            setting.name(),
                            setting.byDefault().isEmpty() ? "" : "`" + setting.byDefault() + "`",
                            setting.description()));
        }
        assertThat(Files.readString(PAGE)).contains(rows);
    }

    @Test
    void thereIsOneOfEachKind() {
        assertThat(builtIn()).hasSize(7);
    }
}
