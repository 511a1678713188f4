package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TrecRun;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An index from the ids of a file to their lines; during validation nothing else of the documents is kept. */
final class LineOfId {
    private final Path file;
    private final Map<String, Integer> lines = new HashMap<>();

    LineOfId(Path file) {
        this.file = file;
    }

    /**
     * Takes the id of the current object.
     *
     * @param inRun whether the id will have to stand in a file of answers
     */
    String add(JsonLines objects, boolean inRun) {
        String id = objects.id();
        Integer before = lines.putIfAbsent(id, objects.number());
        if (before != null) {
            throw objects.failure("id '" + id + "' stands in " + file + ":" + before + " too; ids must be unique");
        }
        if (inRun && !TrecRun.isColumn(id)) {
            throw objects.failure("id '" + id + "' has white space; a corpus with queries needs ids without,"
                    + " because answers are written between spaces");
        }
        return id;
    }

    void require(String where, String what, String id, String remedy) {
        if (!has(id)) {
            throw new GeothermException(where + ": there is no " + what + " '" + id + "' in " + file + remedy);
        }
    }

    boolean has(String id) {
        return lines.containsKey(id);
    }

    int size() {
        return lines.size();
    }
}
