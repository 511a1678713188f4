package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.Qrels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A corpus in the layout of BEIR: {@code corpus.jsonl}, and if there are queries also {@code queries.jsonl} and {@code
 * qrels/test.tsv}, each also as {@code .gz}. Without test judgements, those for development or training are used.
 */
final class BeirFolder {
    private static final List<String> SPLITS = List.of("test", "dev", "train");

    private BeirFolder() {}

    static boolean isOne(Path folder) {
        return Files.exists(folder.resolve("corpus.jsonl")) || Files.exists(folder.resolve("corpus.jsonl.gz"));
    }

    static Corpus open(Path folder, UnknownDocuments unknown) {
        Path documents = file(folder, "corpus.jsonl");
        Path questions = file(folder, "queries.jsonl");
        if (documents == null) {
            throw new GeothermException(folder + ": corpus.jsonl was expected");
        }
        if (questions == null && Files.exists(folder.resolve("qrels"))) {
            throw new GeothermException(
                    folder + ": has qrels but no queries.jsonl; add the queries or remove the judgements");
        }
        LineOfId documentIds = JsonLinesFile.check(documents, questions != null);
        List<CorpusQuery> queries = new ArrayList<>();
        List<Judgement> judgements = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        if (questions != null) {
            LineOfId queryIds = queries(questions, queries);
            Path qrels = qrels(folder.resolve("qrels"), notes);
            if (qrels != null) {
                judgements(qrels, queryIds, documentIds, judgements, unknown);
                noteUnknown(judgements, documentIds, notes);
            }
        }
        return new CheckedCorpus(
                CorpusKind.name(folder),
                documentIds.size(),
                () -> JsonLines.documents(documents),
                queries,
                judgements,
                notes);
    }

    private static LineOfId queries(Path file, List<CorpusQuery> queries) {
        LineOfId ids = new LineOfId(file);
        try (JsonLines objects = new JsonLines(file)) {
            while (objects.advance()) {
                String id = ids.add(objects, true);
                if (objects.text().isBlank()) {
                    throw objects.failure("query '" + id + "' has no text");
                }
                queries.add(new CorpusQuery(id, objects.text()));
            }
        }
        if (queries.isEmpty()) {
            throw new GeothermException(file + ": contains no query; remove it to run without queries");
        }
        return ids;
    }

    private static @Nullable Path qrels(Path folder, List<String> notes) {
        if (!Files.exists(folder)) {
            notes.add("no judgements (" + folder + "): retrieval is not evaluated");
            return null;
        }
        for (String split : SPLITS) {
            Path file = file(folder, split + ".tsv");
            if (file != null) {
                if (!split.equals(SPLITS.get(0))) {
                    notes.add("judgements are from " + file + ", because there are no test judgements");
                }
                return file;
            }
        }
        throw new GeothermException(
                folder + ": one of test.tsv, dev.tsv and train.tsv was expected (each also as .gz)");
    }

    private static void judgements(
            Path file, LineOfId queryIds, LineOfId documentIds, List<Judgement> judgements, UnknownDocuments unknown) {
        Set<List<String>> seen = new HashSet<>();
        Qrels.scan(file, (where, query, document, grade) -> {
            queryIds.require(where, "query", query, "");
            if (unknown == UnknownDocuments.REFUSE) {
                documentIds.require(
                        where, "document", document, "; --keep-unknown-judgements counts it as never found");
            }
            if (!seen.add(List.of(query, document))) {
                throw new GeothermException(
                        where + ": document '" + document + "' was judged before for query '" + query + "'");
            }
            judgements.add(new Judgement(query, document, grade));
        });
        if (judgements.isEmpty()) {
            throw new GeothermException(file + ": contains no judgement; remove qrels to run without judgements");
        }
    }

    private static void noteUnknown(List<Judgement> judgements, LineOfId documentIds, List<String> notes) {
        long unknown = judgements.stream()
                .filter(judgement -> !documentIds.has(judgement.document()))
                .count();
        if (unknown > 0) {
            notes.add(unknown + " of " + judgements.size()
                    + " judgements are of documents that the corpus does not have; these count as never found");
        }
    }

    /** Returns the file or its archive, or null if there is neither. */
    private static @Nullable Path file(Path folder, String name) {
        Path plain = folder.resolve(name);
        Path packed = folder.resolve(name + ".gz");
        if (Files.exists(plain) && Files.exists(packed)) {
            throw new GeothermException(plain + ": also exists as .gz; remove one of them");
        }
        return Files.exists(plain) ? plain : Files.exists(packed) ? packed : null;
    }
}
