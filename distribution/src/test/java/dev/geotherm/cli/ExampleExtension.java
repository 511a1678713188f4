package dev.geotherm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds the jar of {@code extensions/example}, which the build makes before this module. */
final class ExampleExtension {
    private ExampleExtension() {}

    static Path jar() throws IOException {
        Path target = Path.of(System.getProperty("geotherm.distribution"))
                .resolve("../../../extensions/example/target")
                .normalize();
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches("geotherm-example-extension-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no jar of the example in " + target));
        }
    }
}
