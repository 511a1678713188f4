package dev.geotherm.cli;

import dev.geotherm.cli.terminal.DataWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A training run of the command for class data sharing. It executes the usual commands once, without plugins or output, and
 * the JVM archives the classes that they load. The launcher {@code bin/geotherm} starts it.
 */
public final class StartupTraining {
    private StartupTraining() {}

    /** Executes the commands; the first argument is an empty folder for their files. */
    public static void main(String[] arguments) throws IOException {
        Main.connectLogs();
        Path folder = Path.of(arguments[0]);
        String before = file(
                folder, "before.json", "{\"a\":[{\"id\":1,\"v\":1.5},{\"id\":2}],\"t\":\"warm springs\",\"n\":null}");
        String after =
                file(folder, "after.json", "{\"a\":[{\"id\":2},{\"id\":1,\"v\":2}],\"t\":\"hot springs\",\"b\":true}");
        String delta = folder.resolve("delta").toString();
        String corpus = file(
                folder,
                "corpus.jsonl",
                "{\"id\":\"1\",\"text\":\"Warm springs.\"}\n{\"id\":\"2\",\"text\":\"Cold wells.\"}\n");
        String run = file(folder, "run.trec", "q Q0 d 1 2.5 a\n");
        String qrels = file(folder, "qrels.txt", "q 0 d 1\n");
        String knowledge = folder.resolve("knowledge").toString();
        DataWriter nowhere = new DataWriter(OutputStream.nullOutputStream());
        Environment environment = new Environment(
                Map.of("XDG_CONFIG_HOME", folder.toString()),
                folder,
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                true,
                true);
        for (List<String> command : List.of(
                List.of("--version"),
                List.of("--help"),
                List.of("profile", "list"),
                List.of("profile", "show", "balanced", "--json"),
                List.of("profile", "validate"),
                List.of("plugins"),
                List.of("diff", before, after, "--format", "summary"),
                List.of("diff", before, after, "--json"),
                List.of("diff", before, after, "--out", delta),
                List.of("patch", before, delta),
                List.of("diff", before, after, "--format", "binary", "--out", delta),
                List.of("patch", before, delta),
                List.of("evaluate", run, "--qrels", qrels),
                List.of("compare", run, run, "--qrels", qrels, "--fail-if", "MAP drops"),
                List.of("ingest", corpus, "--into", knowledge),
                List.of("dead-letters", knowledge),
                List.of("run", corpus, "--out", folder.resolve("out").toString()))) {
            GeothermCommand.execute(environment, command.toArray(String[]::new));
        }
    }

    private static String file(Path folder, String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }
}
