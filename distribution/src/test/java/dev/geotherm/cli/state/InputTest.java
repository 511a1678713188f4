package dev.geotherm.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InputTest {
    @TempDir
    Path scratch;

    @Test
    void bytes_readsANamedPipe() throws Exception {
        Path pipe = scratch.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        String long100k = "[" + "1,".repeat(50_000) + "1]";
        for (boolean state : new boolean[] {false, true}) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    Files.writeString(pipe, long100k);
                } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            Input input = new Input(pipe.toString(), InputStream.nullInputStream());
            String read = state ? input.state(false).toString() : new String(input.bytes());
            assertThat(read.equals(long100k)).isTrue();
            writing.get(60, TimeUnit.SECONDS);
        }
    }
}
