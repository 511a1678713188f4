package dev.geotherm.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class DataWriterTest {

    @Test
    void failure_isTheFirstOne() {
        DataWriter out = new DataWriter(failing("No space left on device"));
        out.println("data");
        assertThat(out.failure()).hasMessage("No space left on device");
    }

    @Test
    void failure_ofAReaderThatHasEnoughIsNone() {
        DataWriter out = new DataWriter(failing("Broken pipe"));
        out.println("data");
        assertThat(out.failure()).isNull();
    }

    @Test
    void failure_flushes() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        DataWriter out = new DataWriter(target);
        out.print("warm \u6e29");
        assertThat(out.failure()).isNull();
        assertThat(target.toString(UTF_8)).isEqualTo("warm \u6e29");
    }

    @Test
    void stream_continuesAfterWhatWasPrinted() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        DataWriter out = new DataWriter(target);
        out.print("text");
        out.stream().write('!');
        assertThat(target.toString(UTF_8)).isEqualTo("text!");
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
