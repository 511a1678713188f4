package dev.geotherm.engine.corpus;

import dev.geotherm.batch.measure.Archive;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Hints on converting files of unsupported formats. */
final class FileNames {
    private static final Map<String, String> REMEDIES = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    ".json",
                    "write the elements of a JSON array as lines, for example with: jq -c '.[]' FILE.json > FILE.jsonl"),
            Map.entry(
                    ".tsv",
                    "write each row as a JSON object, for example with:"
                            + " jq -Rc 'split(\"\\t\") | {_id: .[0], text: .[1]}' FILE.tsv > FILE.jsonl"),
            Map.entry(
                    ".csv",
                    "write each row as a JSON object, for example with: mlr --icsv --ojsonl cat FILE.csv > FILE.jsonl"),
            Map.entry(
                    ".parquet",
                    "write each row as a JSON object, for example with:"
                            + " duckdb -c \"COPY (FROM 'FILE.parquet') TO 'FILE.jsonl' (FORMAT json)\""),
            Map.entry(".xhtml", "rename .xhtml to .html"),
            Map.entry(".shtml", "rename .shtml to .html"),
            Map.entry(".markdown", "rename .markdown to .md"),
            Map.entry(".text", "rename .text to .txt"),
            Map.entry(".lz4", "unpack .lz4 with unlz4, or pack with gzip"),
            Map.entry(".bz2", "unpack .bz2 with bunzip2, or pack with gzip"),
            Map.entry(".xz", "unpack .xz with unxz, or pack with gzip")));

    private FileNames() {}

    /** Returns a hint on the first file that can be converted to a readable format; empty if there is none. */
    static String hint(List<String> files) {
        for (Map.Entry<String, String> each : REMEDIES.entrySet()) {
            if (files.stream()
                    .anyMatch(file ->
                            Archive.unpackedName(file).toLowerCase(Locale.ROOT).endsWith(each.getKey()))) {
                return "; " + each.getValue();
            }
        }
        return "";
    }
}
