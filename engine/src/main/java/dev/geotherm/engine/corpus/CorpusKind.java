package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** The detection of a corpus's kind by its files. */
final class CorpusKind {
    private static final String EXPECTED = "expected 'wordnet', 'wordnet:all', a folder with corpus.jsonl (BEIR),"
            + " a folder of .txt, .md or .html files, a folder of .jsonl files, or a .jsonl file (each file also as .gz or .zst)";

    private CorpusKind() {}

    static Corpus open(String nameOrPath, CorpusOptions options, LongConsumer progress) {
        if (nameOrPath.equals(WordNet.SLICE) || nameOrPath.equals(WordNet.ALL)) {
            requireNoSplit(nameOrPath, options);
            return WordNet.open(nameOrPath, progress);
        }
        Path path = path(nameOrPath);
        if (Files.isDirectory(path)) {
            return BeirFolder.isOne(path)
                    ? BeirFolder.open(path, options, progress)
                    : FileFolder.open(path, options, progress);
        }
        if (Files.exists(path) && !Files.isDirectory(path) && !Files.isRegularFile(path)) {
            throw new GeothermException(
                    path + ": is a pipe or a device, and a corpus is read more than once; write it into"
                            + " a file first, for example CORPUS.jsonl");
        }
        if (Files.exists(path) && !JsonLines.isName(nameOrPath)) {
            throw new GeothermException(path + ": is not a corpus; " + EXPECTED + FileNames.hint(List.of(nameOrPath)));
        }
        if (Files.notExists(path)) {
            throw new GeothermException(path + ": there is no such file or folder; " + EXPECTED);
        }
        requireNoSplit(nameOrPath, options);
        FirstPass pass = JsonLines.check(path, new FirstPass(false, progress));
        return CheckedCorpus.of(name(path), pass, List.of());
    }

    static void requireNoSplit(String corpus, CorpusOptions options) {
        if (!options.split().isEmpty()) {
            throw new GeothermException(
                    corpus + ": has no splits; a folder with qrels/" + options.split() + ".tsv was expected");
        }
    }

    private static Path path(String text) {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException noPath) {
            throw new GeothermException("'" + text + "' is not a path; " + EXPECTED, noPath);
        }
        throw new GeothermException("'" + text + "' names nothing; " + EXPECTED);
    }

    /** Returns the name of the corpus at a path, for reports. */
    static String name(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
