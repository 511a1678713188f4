package dev.geotherm.benchmarks.diff;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Programs that create a delta of any two files, for comparison with the size of our deltas. */
final class Programs {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private Programs() {}

    static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    static void measure(String pair, PairReport report) throws IOException, InterruptedException {
        String before = StatePair.folder().resolve(pair).resolve("before.json").toString();
        String after = StatePair.folder().resolve(pair).resolve("after.json").toString();
        Path folder = Files.createTempDirectory("deltas");
        try {
            String out = folder.resolve("delta").toString();
            String window = "--long=27";
            measure(
                    report.row("zstd --patch-from -3"),
                    out,
                    "zstd",
                    "-q",
                    "-f",
                    "-3",
                    window,
                    "--patch-from=" + before,
                    after,
                    "-o",
                    out);
            measure(
                    report.row("zstd --patch-from -19"),
                    out,
                    "zstd",
                    "-q",
                    "-f",
                    "-19",
                    window,
                    "--patch-from=" + before,
                    after,
                    "-o",
                    out);
            measure(
                    report.row("xdelta3 -9"),
                    out,
                    "xdelta3",
                    "-e",
                    "-f",
                    "-9",
                    "-B",
                    "67108864",
                    "-s",
                    before,
                    after,
                    out);
            measure(report.row("bsdiff"), out, "bsdiff", before, after, out);
        } finally {
            Files.deleteIfExists(folder.resolve("delta"));
            Files.delete(folder);
        }
    }

    private static void measure(Row row, String out, String... command) throws IOException, InterruptedException {
        if (!has(command[0])) {
            row.remark = "not on the PATH";
            return;
        }
        Guarded.Output output = Guarded.run(LIMIT, List.of(command));
        if (output.exit() == 0) {
            row.figures.put("raw", (double) Files.size(Path.of(out)));
        } else {
            row.remark = output.ended() ? "took more than " + LIMIT.toSeconds() + " s" : "failed";
        }
    }
}
