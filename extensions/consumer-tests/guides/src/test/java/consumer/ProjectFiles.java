package consumer;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of the project, without what builds and downloads leave in its folders. */
final class ProjectFiles {
    static final Path ROOT = Path.of("../../..");

    /** Folders that Git ignores. */
    private static final Set<Path> IGNORED =
            Set.of(Path.of("target"), Path.of(".git"), Path.of("node_modules"), Path.of("packages"), Path.of("pairs"));

    private ProjectFiles() {}

    /** Returns the files whose names end so. */
    static List<Path> endingWith(String end) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return IGNORED.contains(folder.getFileName()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(end)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
