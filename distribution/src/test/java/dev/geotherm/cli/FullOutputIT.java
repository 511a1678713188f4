package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that cannot be written: no command takes that for success. */
class FullOutputIT {
    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "profile list",
                "profile show perf --json",
                "profile validate balanced",
                "plugins",
                "doctor",
                "generate-completion",
                "run docs.jsonl --json -q"
            })
    void stdout_thatIsFullFailsTheCommand(String command) throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
        Files.writeString(scratch.resolve("docs.jsonl"), "{\"id\": 1, \"text\": \"steam\"}\n");
        Distribution.Ended ended = new Distribution(scratch).shell(command + " >/dev/full");
        assertThat(ended.fails(1).err()).contains("geotherm: cannot write to stdout: No space left on device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile show perf", "--help"})
    void stdout_whoseReaderHasEnoughIsNoFailure(String command) throws Exception {
        Distribution.Ended ended = new Distribution(scratch).shell(command + " | head -1");
        assertThat(ended.succeeds().err()).isEmpty();
    }
}
