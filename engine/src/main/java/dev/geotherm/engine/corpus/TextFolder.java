package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TextLines;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A corpus of files: each {@code .txt}, {@code .md} and {@code .html} below a folder, also as {@code .gz}, is a document
 * whose id is its path in the folder, in the order of those paths.
 *
 * <p>Hidden files and folders are skipped. Symbolic links are followed to files within the folder. Other files and links
 * are left out and counted in the notes.
 */
final class TextFolder extends SimpleFileVisitor<Path> {
    private final Path root;
    private final SortedMap<String, Path> files = new TreeMap<>();
    private final LeftOut others = new LeftOut("files that are not .txt, .md or .html");
    private final LeftOut links = new LeftOut("symbolic links to folders or out of the folder");

    private TextFolder(Path root) {
        this.root = root;
    }

    static Corpus open(Path folder) {
        TextFolder found;
        try {
            found = new TextFolder(folder.toRealPath());
            Files.walkFileTree(found.root, found);
        } catch (IOException failure) {
            throw TextLines.failure(folder.toString(), failure);
        }
        if (found.files.isEmpty()) {
            throw new GeothermException(
                    folder + ": contains no document; expected corpus.jsonl or .txt, .md or .html files (also .gz)");
        }
        found.files.values().forEach(TextFile::read);
        List<String> notes = new ArrayList<>();
        found.others.addTo(notes);
        found.links.addTo(notes);
        return new CheckedCorpus(
                CorpusKind.name(found.root),
                found.files.size(),
                () -> reader(found.files),
                List.of(),
                List.of(),
                notes);
    }

    private static DocumentReader reader(Map<String, Path> files) {
        var left = files.entrySet().iterator();
        return new DocumentReader() {
            @Override
            public @Nullable Document next() {
                if (!left.hasNext()) {
                    return null;
                }
                var next = left.next();
                return document(next.getKey(), next.getValue());
            }

            @Override
            public void close() {}
        };
    }

    private static Document document(String id, Path file) {
        String text = TextFile.read(file);
        if (!TextFile.isPage(id)) {
            return new Document(id, "", text, file.toString());
        }
        PageText page = PageText.of(text);
        return new Document(id, page.title(), page.text(), file.toString());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return !folder.equals(root) && isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        String id = id(file);
        if (isHidden(file)) {
            return FileVisitResult.CONTINUE;
        }
        if (attributes.isSymbolicLink() && !leadsToFileInside(file)) {
            links.add(id);
        } else if (!TextFile.isName(id)) {
            others.add(id);
        } else if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
            files.put(id, file);
        } else {
            others.add(id);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        throw TextLines.failure(file.toString(), failure);
    }

    private boolean leadsToFileInside(Path link) throws IOException {
        try {
            return link.toRealPath().startsWith(root) && Files.isRegularFile(link);
        } catch (NoSuchFileException dangling) {
            return false;
        }
    }

    /** The same on all systems, so that ids and their order are, too. */
    private String id(Path file) {
        return root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }
}
