package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that cannot be written: no command takes that for success. */
class FullOutputTest {
    @TempDir
    Path scratch;

    @BeforeEach
    void prepare() throws IOException {
        Files.writeString(scratch.resolve("state.json"), "{}");
        Files.writeString(scratch.resolve("delta.json"), "[]");
        Files.writeString(scratch.resolve("docs.jsonl"), "{\"id\": 1, \"text\": \"steam\"}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "diff DIR/state.json DIR/delta.json",
                "patch DIR/state.json DIR/delta.json",
                "profile list",
                "profile show perf --json",
                "profile validate balanced",
                "plugins",
                "plugins --json",
                "doctor",
                "generate-completion",
                "run DIR/docs.jsonl --out DIR/out --json -q"
            })
    void stdout_thatIsFullFailsTheCommand(String line) {
        Ended ended = new InProcess(scratch)
                .run(
                        stream("No space left on device"),
                        line.replace("DIR", scratch.toString()).split(" "));
        assertThat(ended.fails(1).err()).contains("geotherm: cannot write to stdout: No space left on device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile show perf", "--help"})
    void stdout_whoseReaderHasEnoughIsNoFailure(String line) {
        Ended ended = new InProcess(scratch).run(stream("Broken pipe"), line.split(" "));
        assertThat(ended.succeeds().err()).isEmpty();
    }

    /** Neither takes what cannot be written for success, and both say what to do. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "diff DIR/state.json DIR/delta.json --out /dev/full",
                "patch DIR/state.json DIR/delta.json --out /dev/full"
            })
    void out_onAFullDiskNamesTheFileAndWhatToDo(String line) {
        assumeThat(Path.of("/dev/full")).as("a device that is always full").exists();
        Ended ended = new InProcess(scratch)
                .run(line.replace("DIR", scratch.toString()).split(" "));
        assertThat(ended.fails(1).err()).isEqualTo("""
                        geotherm: cannot write /dev/full: No space left on device
                          free some space on that disk, then run the same command again
                        """);
    }

    private static OutputStream stream(String failure) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(failure);
            }
        };
    }
}
