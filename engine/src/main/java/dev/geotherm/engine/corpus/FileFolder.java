package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.Archive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * A corpus of files below a folder, in the order of their paths. The files are either text files, each a document with its
 * path as id, or JSON Lines files, which are parts of one corpus.
 */
final class FileFolder {
    /** Files that accompany a data set but are not part of it. */
    private static final Pattern COMPANION =
            Pattern.compile("(?:.*/)?(?:readme|licen[cs]e|notice|changelog|citation|dataset[_-]?card)[^/]*");

    /** Files of queries, which are not documents: such a file belongs to a corpus in a subfolder. */
    private static final Pattern QUERIES = Pattern.compile("/queries\\.(?:jsonl|ndjson)$");

    private FileFolder() {}

    static Corpus open(Path folder, CorpusOptions options, LongConsumer progress) {
        CorpusKind.requireNoSplit(folder.toString(), options);
        FileFormats formats = FileFormats.of(options.formats());
        FolderScan scan = FolderScan.of(folder, formats);
        requireOneKind(folder, scan);
        requireNoTwins(folder, scan);
        List<String> notes = new ArrayList<>(scan.notes());
        FirstPass pass = new FirstPass(false, progress);
        scan.problems().forEach(pass::refuse);
        if (scan.shards().isEmpty()) {
            scan.texts()
                    .forEach((id, file) -> pass.read(
                            new DocumentFile(file.toString(), () -> DocumentReader.of(() -> formats.read(id, file)))));
        } else {
            scan.shards().values().forEach(file -> pass.read(JsonLines.file(file)));
            noteCompanions(scan.texts(), notes);
        }
        pass.finish(folder.toString(), options.skipUnreadable(), notes);
        if (pass.size() == 0) {
            throw new GeothermException(folder + ": contains no document; expected corpus.jsonl, .jsonl files, or "
                    + formats.endings() + " files (each also .gz or .zst)" + FileNames.hint(scan.all()));
        }
        return CheckedCorpus.of(CorpusKind.name(scan.root()), pass, notes);
    }

    /** Refuses a mixture of two kinds of files, because choosing one would omit documents. */
    private static void requireOneKind(Path folder, FolderScan scan) {
        if (scan.shards().isEmpty()) {
            return;
        }
        for (String judged : List.of("queries.jsonl", "qrels")) {
            List<Path> present = BeirFolder.present(folder.resolve(judged));
            if (!present.isEmpty()) {
                throw new GeothermException(folder + ": has " + present.get(0).getFileName()
                        + " but no corpus.jsonl; if other .jsonl files are"
                        + " its parts, join them, for example with: cat PARTS > corpus.jsonl");
            }
        }
        for (String shard : scan.shards().keySet()) {
            if (QUERIES.matcher(Archive.unpackedName(shard)).find()) {
                throw new GeothermException(
                        folder + ": contains another corpus with queries, " + shard + "; run the folder that it is in");
            }
        }
        for (String text : scan.texts().keySet()) {
            if (!isCompanion(text)) {
                throw new GeothermException(folder + ": has both JSON Lines files, such as "
                        + scan.shards().firstKey() + ", and text files, such as " + text
                        + "; put them into different folders");
            }
        }
    }

    /** Refuses a file next to its archive, because both would be the same document twice. */
    private static void requireNoTwins(Path folder, FolderScan scan) {
        Set<String> all = new TreeSet<>(scan.texts().keySet());
        all.addAll(scan.shards().keySet());
        Map<String, String> files = new HashMap<>();
        List<String> twins = new ArrayList<>();
        for (String id : all) {
            String first = files.putIfAbsent(Archive.unpackedName(id), id);
            if (first != null) {
                twins.add(folder.resolve(first) + ": also exists as "
                        + Path.of(id).getFileName());
            }
        }
        if (!twins.isEmpty()) {
            throw new GeothermException(twins.get(0) + "; remove one of them"
                    + (twins.size() > 1 ? " (there are " + (twins.size() - 1) + " more such pairs)" : ""));
        }
    }

    private static void noteCompanions(SortedMap<String, Path> texts, List<String> notes) {
        SkippedFiles companions =
                new SkippedFiles("text file next to the .jsonl files", "text files next to the .jsonl files");
        texts.keySet().forEach(companions::add);
        companions.addTo(notes);
    }

    static boolean isCompanion(String id) {
        return COMPANION.matcher(id.toLowerCase(Locale.ROOT)).matches();
    }
}
