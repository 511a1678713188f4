package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of other people that try to control the terminal, in the messages and the log of a process. */
class HostileTextIT {
    @TempDir
    Path scratch;

    @Test
    void messagesAndLog_areEscaped() throws Exception {
        Path plugins = Files.createDirectories(scratch.resolve("plugins"));
        Files.createDirectory(plugins.resolve("\u001b[31m\ngeotherm: all is well"));
        Ended ended = new Distribution(scratch)
                .with("GEOTHERM_PLUGINS", plugins.toString())
                .run("profile", "show", "\u001b[31m\ngeotherm: all is well")
                .fails(2);
        assertThat(HostileTextTest.assertHarmless(ended).err())
                .contains("Plugins: The plugin folder", "unknown profile '\\u001b[31m\\u000ageotherm");
    }
}
