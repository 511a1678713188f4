package dev.geotherm.batch.measure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** NIST's trec_eval, run on files. */
final class TrecEval {
    private final Path folder;
    private final Path program;

    /** Unpacks the program; skips the test on systems where it cannot run. */
    TrecEval(Path folder) throws IOException {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "trec_eval is available for Linux on amd64 only");
        this.folder = folder;
        program = folder.resolve("trec_eval");
        try (InputStream in = TrecEval.class.getResourceAsStream("/trec_eval-linux-amd64")) {
            Files.copy(requireNonNull(in), program);
        }
        assumeTrue(program.toFile().setExecutable(true), "trec_eval cannot be executed in " + folder);
    }

    /** Writes a run to a file, and returns the values that the program prints for it, by query; the means are those of "all". */
    Map<String, Map<String, Double>> measure(Path qrels, TrecRun run, List<String> measures)
            throws IOException, InterruptedException {
        Path file = folder.resolve("run.txt");
        run.write(file);
        return measure(qrels, file, measures);
    }

    Map<String, Map<String, Double>> measure(Path qrels, Path run, List<String> measures)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        List<String> command = new ArrayList<>(List.of(program.toString(), "-c", "-q"));
        for (String measure : measures) {
            command.add("-m");
            command.add(measure);
        }
        command.add(qrels.toString());
        command.add(run.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        String said = Files.readString(out, UTF_8);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError("trec_eval failed: " + said);
        }
        Map<String, Map<String, Double>> values = new LinkedHashMap<>();
        for (String line : said.lines().toList()) {
            String[] cells = line.trim().split("\\s+");
            values.computeIfAbsent(cells[1], query -> new HashMap<>()).put(cells[0], Double.valueOf(cells[2]));
        }
        return values;
    }

    /** Writes judgements to a file with four columns. */
    Path write(Qrels qrels) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String query : qrels.queries()) {
            qrels.grades(query)
                    .forEach((document, grade) -> rows.append(query)
                            .append(" 0 ")
                            .append(document)
                            .append(' ')
                            .append(grade)
                            .append('\n'));
        }
        return Files.writeString(folder.resolve("qrels.txt"), rows);
    }
}
