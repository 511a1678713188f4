package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import java.nio.file.Path;
import java.util.List;

/** A corpus in one JSON Lines file: documents only. */
final class JsonLinesFile {
    private JsonLinesFile() {}

    static Corpus open(Path file) {
        int size = check(file, false).size();
        return new CheckedCorpus(
                CorpusKind.name(file), size, () -> JsonLines.documents(file), List.of(), List.of(), List.of());
    }

    /** Reads a file of documents from end to end; returns their ids. */
    static LineOfId check(Path file, boolean withQueries) {
        LineOfId ids = new LineOfId(file);
        try (JsonLines objects = new JsonLines(file)) {
            while (objects.advance()) {
                ids.add(objects, withQueries);
                objects.title();
                objects.text();
            }
        }
        if (ids.size() == 0) {
            throw new GeothermException(file + ": contains no document; lines {\"_id\": …, \"text\": …} were expected");
        }
        return ids;
    }
}
