package dev.geotherm.engine.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Hints for converting files of formats that a corpus cannot contain. */
final class FileNames {
    private static final Map<String, String> REMEDIES = new TreeMap<>(Map.of(
            ".json",
                    "write the elements of a JSON array as lines, for example with: jq -c '.[]' FILE.json > FILE.jsonl",
            ".xhtml", "rename .xhtml to .html",
            ".shtml", "rename .shtml to .html",
            ".markdown", "rename .markdown to .md",
            ".text", "rename .text to .txt",
            ".lz4", "unpack .lz4 with unlz4, or pack with gzip",
            ".bz2", "unpack .bz2 with bunzip2, or pack with gzip",
            ".xz", "unpack .xz with unxz, or pack with gzip"));

    private FileNames() {}

    /** Returns what to do with the first kind of file that is near to a readable one; empty if there is none. */
    static String hint(List<String> files) {
        for (Map.Entry<String, String> each : REMEDIES.entrySet()) {
            if (files.stream().anyMatch(file -> file.toLowerCase(Locale.ROOT).endsWith(each.getKey()))) {
                return "; " + each.getValue();
            }
        }
        return "";
    }
}
