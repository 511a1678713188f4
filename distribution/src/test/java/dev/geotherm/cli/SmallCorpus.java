package dev.geotherm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A generated corpus in the layout of BEIR: texts of a few words each, and queries that some of them answer. */
final class SmallCorpus {
    private static final List<String> WORDS = List.of(
            "anchor",
            "basalt",
            "crater",
            "delta",
            "ember",
            "fumarole",
            "geyser",
            "heat",
            "isotope",
            "joule",
            "kelvin",
            "lava",
            "magma",
            "node",
            "obsidian",
            "plume",
            "quartz",
            "rift",
            "steam",
            "tremor",
            "uplift",
            "vent",
            "well",
            "xenolith",
            "yield",
            "zeolite");

    private SmallCorpus() {}

    /** Writes documents, a tenth as many queries, and two judgements for each query. */
    static Path write(Path folder, int documents, long seed) throws IOException {
        return write(folder, documents, Math.max(1, documents / 10), seed);
    }

    /** Writes documents, queries, and two judgements for each query. */
    static Path write(Path folder, int documents, int queryCount, long seed) throws IOException {
        Random random = new Random(seed);
        Files.createDirectories(folder.resolve("qrels"));
        StringBuilder corpus = new StringBuilder();
        for (int i = 0; i < documents; i++) {
            corpus.append("{\"_id\": \"d%d\", \"title\": \"%s\", \"text\": \"%s.\"}%n"
                    .formatted(i, words(random, 3), words(random, 12)));
        }
        StringBuilder queries = new StringBuilder();
        StringBuilder qrels = new StringBuilder("query-id\tcorpus-id\tscore\n");
        for (int i = 0; i < queryCount; i++) {
            queries.append("{\"_id\": \"q%d\", \"text\": \"%s\"}%n".formatted(i, words(random, 4)));
            qrels.append("q%d\td%d\t1%nq%d\td%d\t2%n".formatted(i, i % documents, i, documents - 1 - i % documents));
        }
        Files.writeString(folder.resolve("corpus.jsonl"), corpus);
        Files.writeString(folder.resolve("queries.jsonl"), queries);
        Files.writeString(folder.resolve("qrels/test.tsv"), qrels);
        return folder;
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return words.toString();
    }
}
