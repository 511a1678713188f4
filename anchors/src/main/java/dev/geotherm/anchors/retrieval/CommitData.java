package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.analysis.Analysis;
import dev.geotherm.api.GeothermException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data of a commit besides the passages, stored in Lucene's commit file.
 *
 * @param marker the caller's marker, or null before the first one
 * @param dimension the length of the vectors, or -1 before the first one
 * @param analysis the analysis of the passages' texts
 */
record CommitData(@Nullable String marker, int dimension, String analysis) {
    private static final String FORMAT = "2";

    /**
     * Returns the data of a commit.
     *
     * @throws GeothermException if another version of Geotherm wrote the commit
     */
    static CommitData read(Iterable<Map.Entry<String, String>> entries) {
        Map<String, String> data = new HashMap<>();
        entries.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        String format = data.getOrDefault("format", "unknown");
        if (!format.equals(FORMAT)) {
            throw new GeothermException(
                    "its format is " + format + ", this version reads " + FORMAT + ": make it again");
        }
        return new CommitData(
                data.get("marker"),
                Integer.parseInt(data.getOrDefault("dimension", "-1")),
                data.getOrDefault("analysis", Analysis.FORMER.toString()));
    }

    Iterable<Map.Entry<String, String>> entries() {
        Map<String, String> data = new HashMap<>();
        data.put("format", FORMAT);
        data.put("dimension", String.valueOf(dimension));
        data.put("analysis", analysis);
        if (marker != null) {
            data.put("marker", marker);
        }
        return data.entrySet();
    }
}
