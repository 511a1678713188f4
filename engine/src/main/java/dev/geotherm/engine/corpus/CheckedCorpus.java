package dev.geotherm.engine.corpus;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A completely validated corpus; {@code pass} starts another pass through its documents. */
record CheckedCorpus(
        String name,
        int size,
        Supplier<DocumentReader> pass,
        List<CorpusQuery> queries,
        List<Judgement> judgements,
        List<String> notes)
        implements Corpus {
    CheckedCorpus {
        queries = List.copyOf(queries);
        judgements = List.copyOf(judgements);
        notes = List.copyOf(notes);
    }

    @Override
    public Stream<Document> documents() {
        return DocumentReader.stream(pass);
    }
}
