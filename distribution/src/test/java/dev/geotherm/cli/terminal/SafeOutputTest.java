package dev.geotherm.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class SafeOutputTest {
    private final ByteArrayOutputStream target = new ByteArrayOutputStream();

    @Test
    void write_replacesWhatControlsATerminal() {
        try (PrintStream out = new PrintStream(new SafeOutput(target), false, UTF_8)) {
            out.print("a\u001b[31mb\u0007\u009b2J\u202e\u2066\u200f\u0000\u007f");
            out.print("\r\n\t\u00f6\u6e29\uD83C\uDF0B end");
        }
        assertThat(target.toString(UTF_8))
                .isEqualTo(
                        "a\\u001b[31mb\\u0007\\u009b2J\\u202e\\u2066\\u200f\\u0000\\u007f\r\n\t\u00f6\u6e29\uD83C\uDF0B end");
    }

    @Test
    void write_charactersMayComeByteByByte() throws IOException {
        try (SafeOutput out = new SafeOutput(target)) {
            for (byte each : "\u202e\u00f6\u009b\uD83C\uDF0B\u6e29".getBytes(UTF_8)) {
                out.write(each);
            }
            out.write(0xE6); // a character that is not completed
        }
        assertThat(target.toByteArray()).startsWith("\\u202e\u00f6\\u009b\uD83C\uDF0B\u6e29".getBytes(UTF_8));
        assertThat(target.toByteArray()).endsWith(new byte[] {(byte) 0xE6});
    }
}
