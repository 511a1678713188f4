package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output of a process that cannot be written: the command does not take that for success. */
class FullOutputIT {
    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"profile list", "patch state.json delta.json"}) // text, and bytes
    void stdout_thatIsFullFailsTheCommand(String command) throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
        Files.writeString(scratch.resolve("state.json"), "{}");
        Files.writeString(scratch.resolve("delta.json"), "[]");
        Ended ended = new Distribution(scratch).shell(command + " >/dev/full");
        assertThat(ended.fails(1).err()).contains("geotherm: cannot write to stdout: No space left on device");
    }

    @Test
    void stdout_whoseReaderHasEnoughIsNoFailure() throws Exception {
        Ended ended = new Distribution(scratch).shell("profile show perf | head -1");
        assertThat(ended.succeeds().err()).isEmpty();
    }
}
