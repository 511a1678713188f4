package dev.geotherm.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Unpacks the plugin of {@code extensions/commons-pool2}, which the build makes before this module, as a user would. */
final class CommonsPoolExtension {
    private CommonsPoolExtension() {}

    static void unpackInto(Path plugins) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(archive());
                Stream<Path> tree = Files.walk(zip.getPath("commons-pool2"))) {
            for (Path each : tree.toList()) {
                Files.copy(each, plugins.resolve(each.toString()));
            }
        }
    }

    private static Path archive() throws IOException {
        Path target = Path.of(System.getProperty("geotherm.distribution"))
                .resolve("../../../extensions/commons-pool2/target")
                .normalize();
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches("geotherm-commons-pool2-[0-9.]+(-SNAPSHOT)?-plugin\\.zip"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no plugin in " + target));
        }
    }
}
