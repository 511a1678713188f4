package dev.geotherm.pool.striped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A runner of test classes in a child JVM. */
final class ChildJvm {
    private ChildJvm() {}

    /** Returns the output; skips the test if this JVM does not support the collector. */
    static String run(Class<?> main, String collector, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+Use" + collector + "GC");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assumeFalse(
                said.contains("not supported") || said.contains("Unrecognized VM option"),
                "this JVM has no collector " + collector);
        assertThat(child.exitValue()).as(said).isZero();
        return said;
    }
}
