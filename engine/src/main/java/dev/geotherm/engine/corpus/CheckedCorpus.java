package dev.geotherm.engine.corpus;

import java.util.List;
import java.util.stream.Stream;

/** A completely validated corpus. Each later pass through its files is checked against the first one. */
record CheckedCorpus(
        String name,
        int size,
        List<CheckedFile> files,
        List<CorpusQuery> queries,
        List<Judgement> judgements,
        List<String> notes,
        boolean isComplete)
        implements Corpus {
    CheckedCorpus {
        files = List.copyOf(files);
        queries = List.copyOf(queries);
        judgements = List.copyOf(judgements);
        notes = List.copyOf(notes);
    }

    /** Creates a corpus without queries and judgements. */
    static Corpus of(String name, FirstPass pass, List<String> notes) {
        return new CheckedCorpus(name, pass.size(), pass.files(), List.of(), List.of(), notes, pass.isComplete());
    }

    @Override
    public Stream<Document> documents() {
        return DocumentReader.stream(() -> DocumentReader.concat(files));
    }
}
