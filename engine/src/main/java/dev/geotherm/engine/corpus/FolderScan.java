package dev.geotherm.engine.corpus;

import dev.geotherm.batch.measure.TextLines;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A walk through a folder of documents. It finds documents and JSON Lines files by their ids, which are their paths in the
 * folder, and records skipped and unreadable files.
 *
 * <p>Hidden files and folders are skipped, with a note about hidden files that could be documents. Symbolic links are
 * followed to files within the folder.
 */
final class FolderScan extends SimpleFileVisitor<Path> {
    private final Path root;
    private final SortedMap<String, Path> texts = new TreeMap<>();
    private final SortedMap<String, Path> shards = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final FileFormats formats;
    private final SkippedFiles others;
    private final SkippedFiles links = new SkippedFiles(
            "symbolic link to a folder or out of the folder", "symbolic links to folders or out of the folder");
    private final SkippedFiles broken = new SkippedFiles(
            "symbolic link to a file that does not exist", "symbolic links to files that do not exist");
    private final SkippedFiles hidden = new SkippedFiles("hidden file", "hidden files");
    private final SkippedFiles noFiles = new SkippedFiles("pipe or device", "pipes or devices");
    private final SkippedFiles escaped = new SkippedFiles("", "");
    private final List<String> all = new ArrayList<>();

    private FolderScan(Path root, FileFormats formats) {
        this.root = root;
        this.formats = formats;
        String read = formats.endings() + " or .jsonl";
        this.others = new SkippedFiles("file that is not " + read, "files that are not " + read);
    }

    static FolderScan of(Path folder, FileFormats formats) {
        try {
            FolderScan scan = new FolderScan(folder.toRealPath(), formats);
            Files.walkFileTree(scan.root, scan);
            return scan;
        } catch (IOException failure) {
            throw TextLines.failure(folder.toString(), failure);
        }
    }

    Path root() {
        return root;
    }

    /** Returns the document files by id, in the order of ids. */
    SortedMap<String, Path> texts() {
        return texts;
    }

    /** Returns the JSON Lines files by id, in the order of ids. */
    SortedMap<String, Path> shards() {
        return shards;
    }

    /** Returns the ids of all files and links, in no order. */
    List<String> all() {
        return all;
    }

    /** Returns the problems of unreadable files. */
    List<String> problems() {
        return problems;
    }

    /** Returns notes about skipped files. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        others.addTo(notes);
        links.addTo(notes);
        broken.addTo(notes);
        noFiles.addTo(notes);
        hidden.addTo(notes);
        if (escaped.count() > 0) {
            notes.add(escaped.count() + " names of files are not in " + System.getProperty("sun.jnu.encoding")
                    + "; their ids have the bytes as %XX, such as " + escaped.first());
        }
        return notes;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return !folder.equals(root) && isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String id = id(file);
        if (isHidden(file)) {
            if (formats.has(id) || JsonLines.isName(id)) {
                hidden.add(id);
            }
            return FileVisitResult.CONTINUE;
        }
        all.add(id);
        if (attributes.isSymbolicLink() && Files.notExists(file)) {
            broken.add(id);
        } else if (attributes.isSymbolicLink() && !leadsToFileInside(file)) {
            links.add(id);
        } else if (!attributes.isRegularFile() && !attributes.isSymbolicLink()) {
            noFiles.add(id);
        } else if (formats.has(id)) {
            add(texts, id, file);
        } else if (JsonLines.isName(id)) {
            add(shards, id, file);
        } else {
            others.add(id);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        problems.add(String.valueOf(TextLines.failure(file.toString(), failure).getMessage()));
        return FileVisitResult.CONTINUE;
    }

    private void add(SortedMap<String, Path> files, String id, Path file) {
        Path before = files.putIfAbsent(id, file);
        if (before != null) {
            problems.add(file + ": its name is indistinguishable from another file's: '"
                    + before.toUri().getRawPath() + "' and '" + file.toUri().getRawPath() + "'; rename one of them");
        }
    }

    private boolean leadsToFileInside(Path link) {
        try {
            return link.toRealPath().startsWith(root) && Files.isRegularFile(link);
        } catch (FileSystemException nowhere) { // the target is missing, or the link leads to itself
            return false;
        } catch (IOException unreadable) {
            problems.add(String.valueOf(
                    TextLines.failure(link.toString(), unreadable).getMessage()));
            return false;
        }
    }

    /**
     * Returns the path in the folder in a system-independent form, which makes ids and their order the same on all systems.
     * Names with different bytes have different ids, because a name that the system's encoding cannot represent is
     * percent-encoded.
     */
    private String id(Path file) {
        Path relative = root.relativize(file);
        String name = relative.toString();
        if (!denotes(name, relative)) {
            String bytes = root.toUri().relativize(file.toUri()).getRawPath();
            escaped.add(bytes);
            return bytes;
        }
        return name.replace(root.getFileSystem().getSeparator(), "/");
    }

    private boolean denotes(String name, Path file) {
        try {
            return root.getFileSystem().getPath(name).equals(file);
        } catch (InvalidPathException notEncodable) {
            return false;
        }
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }
}
