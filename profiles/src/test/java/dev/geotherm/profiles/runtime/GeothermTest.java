package dev.geotherm.profiles.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.Fakes;
import dev.geotherm.profiles.config.Overrides;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeothermTest {
    @TempDir
    Path folder;

    @BeforeEach
    @AfterEach
    void reset() {
        Fakes.reset();
    }

    private static Path workFolder() {
        return Fakes.CONTEXTS.get(ComponentKind.POOL).workDirectory().getParent();
    }

    @Test
    void start_takesABuiltInName() throws IOException {
        Path work;
        try (Platform platform = Geotherm.start("perf")) {
            work = workFolder();
            assertThat(work).isDirectory();
            Files.writeString(Files.createDirectories(work.resolve("pool/deep")).resolve("file"), "x");
            assertThat(platform.configuration().profile().name()).isEqualTo("perf");
        }
        assertThat(work).doesNotExist();
    }

    @Test
    void start_takesOverrides() {
        Overrides overrides = Overrides.of(Map.of("GEOTHERM_POOL_MAX_SIZE", "300"), List.of("pool.minSize=2"));
        try (Platform platform = Geotherm.start("perf", overrides)) {
            Fakes.StripedSettings settings =
                    (Fakes.StripedSettings) platform.configuration().settings(ComponentKind.POOL);
            assertThat(settings.maxSize()).isEqualTo(300);
            assertThat(settings.minSize()).isEqualTo(2);
        }
    }

    @Test
    void start_takesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "extends: dev\ntelemetry: {realTime: false}\n");
        try (Platform platform = Geotherm.start(file)) {
            assertThat(platform.configuration().profile().parent()).isEqualTo("dev");
        }
    }

    @Test
    void start_thatFailsLeavesNoFolder() {
        Fakes.FAIL_ON_CREATE.put(ComponentKind.DIFF, new IllegalStateException("no"));
        assertThatThrownBy(() -> Geotherm.start("perf")).isInstanceOf(GeothermException.class);
        assertThat(workFolder()).doesNotExist();
    }

    /** Run in a child JVM by the test below. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            try (Platform platform = Geotherm.start("balanced")) {
                System.out.println(platform.pools());
                System.out.println(platform.configuration().settings().stream()
                        .filter(setting -> setting.key().equals("pool.maxSize"))
                        .findFirst()
                        .orElseThrow()
                        .value());
            }
        }
    }

    @Test
    void program_getsNoWarningsFromTheJvmAndReadsNoEnvironment() throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("GEOTHERM_POOL_MAX_SIZE", "7", "GEOTHERM_POOL_MAXSIZE", "x"));
        Process program = builder.start();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output, StandardCharsets.UTF_8).lines())
                .filteredOn(line -> !line.startsWith("SLF4J"))
                .containsExactly("pool (striped)", "500");
    }
}
