package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.document.FileContent;
import dev.geotherm.api.document.FileFormat;
import dev.geotherm.batch.measure.Archive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The formats of document files by file extension: built-in, installed and given ones. */
final class FileFormats {
    /** The built-in extensions, as listed in messages. */
    private static final List<String> BUILT_IN = List.of(".txt", ".md", ".html");

    /** A built-in extension that messages do not list. */
    private static final String SHORT_PAGE = ".htm";

    private final Map<String, FileFormat> formats = new TreeMap<>();

    private FileFormats() {}

    /**
     * Returns all formats.
     *
     * @param given the formats that are not on the class path
     * @throws GeothermException if two formats have the same extension
     */
    static FileFormats of(List<FileFormat> given) {
        FileFormats all = new FileFormats();
        all.add(new TextFormat());
        all.add(new PageFormat());
        ServiceLoader.load(FileFormat.class, FileFormats.class.getClassLoader()).forEach(all::add);
        given.forEach(all::add);
        return all;
    }

    private void add(FileFormat format) {
        for (String ending : format.endings()) {
            FileFormat other = formats.putIfAbsent(ending, format);
            if (other != null && other.getClass() != format.getClass()) {
                throw new GeothermException("two formats read files that end in " + ending + ": "
                        + other.getClass().getName() + " and "
                        + format.getClass().getName() + "; remove one of them");
            }
        }
    }

    private @Nullable FileFormat find(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        String unpacked = Archive.unpackedName(name);
        int dot = unpacked.lastIndexOf('.');
        return dot < 0 ? null : formats.get(unpacked.substring(dot));
    }

    /** Returns whether a file with this name is a document. */
    boolean has(String file) {
        return find(file) != null;
    }

    /** Returns the extensions for messages, such as {@code .txt, .md, .html}. */
    String endings() {
        List<String> endings = new ArrayList<>(BUILT_IN);
        formats.keySet().stream()
                .filter(ending -> !BUILT_IN.contains(ending) && !ending.equals(SHORT_PAGE))
                .forEach(endings::add);
        return String.join(", ", endings);
    }

    /**
     * Reads a file.
     *
     * @throws GeothermException if the file cannot be read
     */
    Document read(String id, Path file) {
        FileFormat format = find(id);
        if (format == null) {
            throw new GeothermException(file + ": has an unknown format");
        }
        String name = file.toString();
        try {
            FileContent content = format.read(name, TextFile.bytes(file, name));
            return new Document(id, content.title(), content.text(), name);
        } catch (GeothermException unreadable) {
            throw unreadable;
        } catch (RuntimeException failed) { // a third-party format may fail on any unexpected file
            throw new GeothermException(name + ": cannot be read: " + failed, failed);
        }
    }
}
