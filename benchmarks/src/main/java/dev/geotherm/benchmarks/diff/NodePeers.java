package dev.geotherm.benchmarks.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The peers in Node, each in its own process, right after the JVM; their deltas are measured like the others. */
final class NodePeers {
    private static final List<String> NAMES = List.of("fast-json-patch", "jsondiffpatch", "jsondiffpatch-keyed");

    private NodePeers() {}

    static void measure(String pair, PairReport report, Duration limit) throws IOException, InterruptedException {
        Path data = StatePair.folder().resolveSibling("peers.mjs");
        if (!Programs.has("node") || !Files.exists(data.resolveSibling("node_modules"))) {
            report.row("node").remark = "no node on the PATH, or benchmarks/data/fetch.sh has not been run";
            return;
        }
        for (String name : NAMES) {
            Path delta = Files.createTempFile("delta", ".json");
            try {
                measure(pair, name, data, delta, report, limit);
            } finally {
                Files.delete(delta);
            }
        }
    }

    private static void measure(String pair, String name, Path script, Path delta, PairReport report, Duration limit)
            throws IOException, InterruptedException {
        Path folder = StatePair.folder().resolve(pair);
        Row row = report.row(name);
        Guarded.Output output = Guarded.run(
                limit,
                List.of(
                        "node",
                        script.toString(),
                        folder.resolve("before.json").toString(),
                        folder.resolve("after.json").toString(),
                        name,
                        delta.toString()));
        if (output.ended()) {
            row.remark = "took more than " + limit.toSeconds() + " s";
        } else if (output.exit() != 0) {
            row.remark = "failed";
        } else {
            JsonNode found = StatePair.MAPPER.readTree(output.lines().get(0));
            row.remark = found.get("right").asBoolean() ? "right" : "WRONG by its own apply";
            row.figures.put("changes", found.get("changes").asDouble());
            JsonNode times = found.get(report.what().equals("apply") ? "apply" : "diff");
            row.figures.put("min", times.get("min").asDouble());
            row.figures.put("median", times.get("median").asDouble());
            if (report.what().equals("bytes")) {
                bytes(row, Files.readAllBytes(delta));
            }
        }
    }

    private static void bytes(Row row, byte[] bytes) {
        Sizes sizes = Sizes.of(bytes);
        row.figures.put("raw", (double) sizes.raw());
        row.figures.put("gzip", (double) sizes.gzip());
        row.figures.put("zstd3", (double) sizes.zstd3());
        row.figures.put("zstd19", (double) sizes.zstd19());
    }
}
