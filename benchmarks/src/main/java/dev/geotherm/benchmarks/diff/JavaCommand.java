package dev.geotherm.benchmarks.diff;

import java.nio.file.Path;
import java.util.List;

/**
 * The command that runs a class of this program in its own JVM, with 4 GiB of heap and large stacks for peers that
 * recurse.
 */
final class JavaCommand {
    private JavaCommand() {}

    static List<String> of(Class<?> main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms4g",
                "-Xmx4g",
                "-XX:+AlwaysPreTouch",
                "-Xss64m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dgeotherm.pairs=" + StatePair.folder(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }
}
