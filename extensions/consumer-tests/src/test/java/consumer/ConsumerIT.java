package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A foreign program, which prints {@code ok} at its end, on each path that an application can have. */
class ConsumerIT {
    private static final String JAR = System.getProperty("consumer.jar");

    @TempDir
    Path scratch;

    private static String path() throws Exception {
        return JAR
                + File.pathSeparator
                + Files.readString(Path.of(System.getProperty("consumer.path"))).strip();
    }

    @Test
    void programRunsOnTheClassPath() throws Exception {
        printsOk("-cp", path(), "consumer.Main");
    }

    @Test
    void programRunsOnTheModulePath() throws Exception {
        printsOk("-p", path(), "-m", "consumer/consumer.Main");
    }

    @Test
    void programOfTheClassPathRunsOverModules() throws Exception {
        String modules = path().substring(JAR.length() + 1);
        printsOk("-p", modules, "--add-modules", "ALL-MODULE-PATH", "-cp", JAR, "consumer.Main");
    }

    private void printsOk(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + scratch,
                "-Dconsumer.plugins=" + System.getProperty("consumer.plugins"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("consumer", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        String printed = Files.readString(output);
        Files.delete(output);
        assertThat(ended).as("ends within three minutes: %s", printed).isTrue();
        assertThat(printed.lines()).last().as("%s", printed).isEqualTo("ok");
        // Newer JDKs warn about native libraries of Lucene and zstd, which the guide describes; there is no other
        // noise.
        assertThat(printed).doesNotContain("Exception").doesNotContain("sun.misc.Unsafe");
        assertThat(process.exitValue()).isZero();
        assertThat(scratch).as("temporary files that are left").isEmptyDirectory();
    }
}
