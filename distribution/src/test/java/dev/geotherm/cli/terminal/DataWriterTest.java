package dev.geotherm.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
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
        StringWriter target = new StringWriter();
        DataWriter out = new DataWriter(target);
        out.print("data");
        assertThat(out.failure()).isNull();
        assertThat(target).hasToString("data");
    }

    private static Writer failing(String reason) {
        return new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException(reason);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
