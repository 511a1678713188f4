package dev.geotherm.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.delta.Pointer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The history of anchors, read from a delta log. */
final class ChangeHistory {
    private ChangeHistory() {}

    /** Returns the anchors that changed after a revision. A change of the heat alone does not count. */
    static AnchorChanges since(long revision, long newest, LineLog deltas) throws IOException {
        if (revision < 0 || revision > newest) {
            throw new IllegalArgumentException("there is no revision " + revision + "; the newest one is " + newest);
        }
        SortedMap<AnchorId, Boolean> exists = new TreeMap<>();
        deltas.read((text, number) -> {
            JsonNode line = Json.MAPPER.readTree(text);
            long lineRevision = line.path("revision").asLong();
            if (number == 1 && revision < lineRevision && lineRevision > 0) {
                throw new GeothermException("the deltas begin at revision " + lineRevision + ", after revision "
                        + revision + "; they were compacted");
            }
            if (lineRevision > revision) {
                line.path("patch").forEach(operation -> add(operation, exists));
            }
        });
        return new AnchorChanges(revision, newest, ids(exists, true), ids(exists, false));
    }

    private static void add(JsonNode operation, SortedMap<AnchorId, Boolean> exists) {
        List<String> path = Pointer.parse(operation.path("path").asText()).tokens();
        boolean whole = path.size() == 2;
        if (path.size() >= 2 && (whole || !path.get(2).equals("heat"))) {
            exists.put(
                    new AnchorId(path.get(1)),
                    !whole || !operation.path("op").asText().equals("remove"));
        }
    }

    private static List<AnchorId> ids(SortedMap<AnchorId, Boolean> exists, boolean wanted) {
        return exists.entrySet().stream()
                .filter(each -> each.getValue() == wanted)
                .map(Map.Entry::getKey)
                .toList();
    }
}
