package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The built distribution, used through its launcher in a separate process. The JVM gets options for short runs, unless
 * a test sets {@code GEOTHERM_OPTS} itself.
 */
final class Distribution {
    private static final long LIMIT_SECONDS = 180;
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m";
    private static final Path BUILT = Path.of(System.getProperty("geotherm.distribution"));

    /** The folder of caches of all tests. */
    private static final Path CACHE = BUILT.resolveSibling("cache");

    static {
        beginArchive();
    }

    private final Path home;
    private final Path scratch;
    private final Map<String, String> environment = new LinkedHashMap<>();

    /** Uses the folder that the build made; output of processes goes to files in {@code scratch}. */
    Distribution(Path scratch) {
        this(BUILT, scratch);
    }

    Distribution(Path home, Path scratch) {
        this.home = home;
        this.scratch = scratch;
        assertThat(home.resolve("bin/geotherm")).isExecutable();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("GEOTHERM_OPTS", SHORT_LIVED);
        // Another folder would need an archive of its own; the first start of a command does not create it.
        environment.put("XDG_CACHE_HOME", (home.equals(BUILT) ? CACHE : scratch.resolve("no-cache")).toString());
        environment.put("XDG_CONFIG_HOME", scratch.resolve("no-configuration").toString());
    }

    Path home() {
        return home;
    }

    Distribution with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Distribution without(String variable) {
        environment.put(variable, "");
        return this;
    }

    /** Returns a copy of the distribution, with a link to its jars. */
    static Path linkedHome(Path home) throws IOException {
        for (String file : List.of("bin/geotherm", "conf/logback.xml")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.copy(BUILT.resolve(file), home.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createSymbolicLink(home.resolve("lib"), BUILT.resolve("lib"));
        return home;
    }

    /** Has an archive of classes created in the background, which makes the later commands of all tests cheaper. */
    private static void beginArchive() {
        try {
            Files.createDirectories(CACHE.resolve("geotherm"));
            new Distribution(Files.createDirectories(BUILT.resolveSibling("scratch")))
                    .run("--version")
                    .succeeds();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Waits for the archive of classes. */
    static Path archive() throws IOException {
        Path folder = CACHE.resolve("geotherm");
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .until(() -> archives(folder, ".new").isEmpty());
        return Collections.max(
                archives(folder, ".jsa"),
                Comparator.comparing(file -> file.toFile().lastModified()));
    }

    private static List<Path> archives(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    /** A running process. */
    record Running(Process process, Path out, Path err) {
        Ended await() throws IOException, InterruptedException {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            assertThat(ended)
                    .as("ends within %s s, stderr: %s", LIMIT_SECONDS, read(err))
                    .isTrue();
            return new Ended(process.exitValue(), read(out), read(err));
        }
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    /** Runs a command line of a shell, which begins with the arguments of the command. */
    Ended shell(String line) throws IOException, InterruptedException {
        return startCommand(List.of("sh", "-c", "'" + home.resolve("bin/geotherm") + "' " + line))
                .await();
    }

    Running start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/geotherm").toString()));
        command.addAll(List.of(arguments));
        return startCommand(command);
    }

    private Running startCommand(List<String> command) throws IOException {
        Path out = Files.createTempFile(scratch, "out", ".txt");
        Path err = Files.createTempFile(scratch, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .directory(scratch.toFile());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return new Running(builder.start(), out, err);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
