package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.Archive;
import dev.geotherm.batch.measure.Qrels;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A corpus in the BEIR layout: {@code corpus.jsonl} and, if there are queries, {@code queries.jsonl} and {@code
 * qrels/test.tsv}. Each file can be an archive. Without test judgements, the judgements for development or training are
 * used, unless the options choose a split.
 */
final class BeirFolder {
    private static final Pattern PART = Pattern.compile("(?:corpus|queries)\\.jsonl|qrels/[^/]*\\.tsv");
    private static final List<String> SPLITS = List.of("test", "dev", "train");

    private final Path folder;
    private final CorpusOptions options;
    private final FirstPass documents;
    private final FirstPass questions = new FirstPass(true, read -> {});
    private final List<CorpusQuery> queries = new ArrayList<>();
    private final List<Judgement> judgements = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private BeirFolder(Path folder, CorpusOptions options, FirstPass documents) {
        this.folder = folder;
        this.options = options;
        this.documents = documents;
    }

    static boolean isOne(Path folder) {
        return !present(folder.resolve("corpus.jsonl")).isEmpty();
    }

    static Corpus open(Path folder, CorpusOptions options, LongConsumer progress) {
        Path texts = file(folder, "corpus.jsonl");
        Path asked = file(folder, "queries.jsonl");
        if (texts == null) {
            throw new GeothermException(folder + ": corpus.jsonl was expected");
        }
        if (asked == null && isPresent(folder.resolve("qrels"))) {
            throw new GeothermException(
                    folder + ": has qrels but no queries.jsonl; add the queries or remove the judgements");
        }
        BeirFolder opened = new BeirFolder(folder, options, new FirstPass(asked != null, progress));
        opened.noteOthers(FolderScan.of(folder, FileFormats.of(options.formats())));
        JsonLines.check(texts, opened.documents);
        if (asked != null) {
            opened.readQueries(asked);
            opened.readJudgements();
        } else if (!options.split().isEmpty()) {
            throw new GeothermException(folder + ": has no queries, so there is no split '" + options.split() + "'");
        }
        return new CheckedCorpus(
                CorpusKind.name(folder),
                opened.documents.size(),
                opened.documents.files(),
                opened.queries,
                opened.judgements,
                opened.notes,
                true);
    }

    /** Adds notes about files that a user could mistake for part of the corpus. */
    private void noteOthers(FolderScan scan) {
        SkippedFiles others = new SkippedFiles("file next to corpus.jsonl", "files next to corpus.jsonl");
        for (String id : scan.all()) {
            if (!PART.matcher(Archive.unpackedName(id)).matches() && !FileFolder.isCompanion(id)) {
                others.add(id);
            }
        }
        others.addTo(notes);
    }

    private void readQueries(Path file) {
        questions.readOnly(JsonLines.file(file));
        try (DocumentReader reader = DocumentReader.concat(questions.files())) {
            for (Document each = reader.next(); each != null; each = reader.next()) {
                if (each.text().isBlank()) {
                    throw new GeothermException(each.source() + ": query '" + each.id() + "' has no text");
                }
                queries.add(new CorpusQuery(each.id(), each.text()));
            }
        }
        if (queries.isEmpty()) {
            throw new GeothermException(file + ": contains no query; remove it to run without queries");
        }
        long shared =
                queries.stream().filter(query -> documents.has(query.id())).count();
        if (shared > 0) {
            notes.add(shared + " queries have the id of a document; if each is that document,"
                    + " --exclude-query-document leaves it out of its own answers, as BEIR does");
        }
    }

    private void readJudgements() {
        Path qrels = qrels();
        if (qrels == null) {
            return;
        }
        Set<List<String>> seen = new HashSet<>();
        Qrels.scan(qrels, (where, query, document, grade) -> {
            require(questions.has(query), where, "query", query, "counts it as not answered");
            require(documents.has(document), where, "document", document, "counts it as never found");
            if (!seen.add(List.of(query, document))) {
                throw new GeothermException(
                        where + ": document '" + document + "' was judged before for query '" + query + "'");
            }
            judgements.add(new Judgement(query, document, grade));
        });
        if (judgements.isEmpty()) {
            throw new GeothermException(qrels + ": contains no judgement; remove qrels to run without judgements");
        }
        noteUnknown(
                judgements.stream()
                        .filter(each -> !documents.has(each.document()))
                        .count(),
                "of documents that the corpus does not have; these count as never found");
        noteUnknown(
                judgements.stream().filter(each -> !questions.has(each.query())).count(),
                "of queries that the corpus does not have; these count as not answered");
    }

    private void require(boolean known, String where, String what, String id, String kept) {
        if (!known && !options.keepUnknownJudgements()) {
            throw new GeothermException(where + ": there is no " + what + " '" + id + "' in "
                    + folder.resolve(what.equals("query") ? "queries.jsonl" : "corpus.jsonl")
                    + "; --keep-unknown-judgements " + kept);
        }
    }

    private void noteUnknown(long unknown, String what) {
        if (unknown > 0) {
            notes.add(unknown + " of " + judgements.size() + " judgements are " + what);
        }
    }

    private @Nullable Path qrels() {
        Path qrels = folder.resolve("qrels");
        if (!isPresent(qrels)) {
            if (!options.split().isEmpty()) {
                throw new GeothermException(qrels + ": there are no judgements, so no split '" + options.split() + "'");
            }
            notes.add("no judgements (" + qrels + "): retrieval is not evaluated");
            return null;
        }
        for (String split : options.split().isEmpty() ? SPLITS : List.of(options.split())) {
            Path file = split(qrels, split);
            if (file != null) {
                if (options.split().isEmpty() && !split.equals(SPLITS.get(0))) {
                    notes.add("judgements are from " + file + ", because there are no test judgements");
                }
                return file;
            }
        }
        throw new GeothermException(
                options.split().isEmpty()
                        ? qrels + ": one of test.tsv, dev.tsv and train.tsv was expected (each also as .gz or .zst)"
                        : qrels + ": contains no " + options.split()
                                + ".tsv (nor an archive of it) for the chosen split");
    }

    private static @Nullable Path split(Path qrels, String split) {
        if (!split.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*")) {
            throw new GeothermException(
                    "'" + split + "' is not the name of a split; expected was test, dev, train or the"
                            + " name of another file in qrels without .tsv");
        }
        try {
            return file(qrels, split + ".tsv");
        } catch (InvalidPathException invalid) {
            throw new GeothermException("'" + split + "' is not the name of a split", invalid);
        }
    }

    /** Returns whether a file exists, even as a dangling link, which is an error and not the absence of the file. */
    private static boolean isPresent(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the existing ones of a file and its archives. */
    static List<Path> present(Path file) {
        List<Path> present = new ArrayList<>(List.of(file));
        for (Archive each : Archive.values()) {
            present.add(file.resolveSibling(file.getFileName() + each.ending()));
        }
        present.removeIf(each -> !isPresent(each));
        return present;
    }

    /** Returns the file or its archive, or null if neither exists. */
    private static @Nullable Path file(Path folder, String name) {
        List<Path> present = present(folder.resolve(name));
        if (present.size() > 1) {
            throw new GeothermException(
                    present.get(0) + ": also exists as " + present.get(1).getFileName() + "; remove one of them");
        }
        return present.isEmpty() ? null : present.get(0);
    }
}
