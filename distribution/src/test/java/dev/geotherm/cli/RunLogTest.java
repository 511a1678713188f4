package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RunLogTest {
    @TempDir
    Path folder;

    @Test
    void message_withALineFeedCannotPassForAMessageOfItsOwn() throws Exception {
        Path file = folder.resolve("run.log");
        Configuration configuration =
                Configuration.bind(Profiles.builtIn(), "balanced", Overrides.none(), Discovery.of(Plugins.none()));
        try (RunLog log = new RunLog(file, configuration)) {
            LoggerFactory.getLogger("test").warn("skipped: a\nINFO all is well\r\nINFO really");
        }
        assertThat(Files.readAllLines(file)).hasSize(3).allMatch(line -> !line.startsWith("INFO"));
    }
}
