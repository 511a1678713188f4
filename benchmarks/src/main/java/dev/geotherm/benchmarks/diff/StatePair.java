package dev.geotherm.benchmarks.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A state and a later one. */
@SuppressWarnings("ArrayRecordComponent") // pairs are never compared
record StatePair(String name, byte[] beforeText, byte[] afterText, JsonNode before, JsonNode after) {
    /** Does not share member names between documents, like a service that receives texts. */
    static final ObjectMapper MAPPER = new ObjectMapper();

    static Path folder() {
        return Path.of(System.getProperty("geotherm.pairs", "benchmarks/data/pairs"));
    }

    /** Returns the names of the existing pairs of a set, {@code known} or {@code held-out}. */
    static List<String> names(String set) throws IOException {
        try (var lines = Files.lines(folder().resolveSibling("pairs.tsv"))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .filter(columns -> columns[1].equals(set) && Files.exists(folder().resolve(columns[0])))
                    .map(columns -> columns[0])
                    .toList();
        }
    }

    static StatePair read(String name) throws IOException {
        Path pair = folder().resolve(name);
        if (!Files.exists(pair)) {
            throw new IOException(
                    "unknown pair '" + name + "' in " + folder().toAbsolutePath()
                            + "; benchmarks/data/fetch.sh downloads those in pairs.tsv, -Dgeotherm.pairs=DIR names another folder");
        }
        byte[] before = Files.readAllBytes(pair.resolve("before.json"));
        byte[] after = Files.readAllBytes(pair.resolve("after.json"));
        return new StatePair(name, before, after, MAPPER.readTree(before), MAPPER.readTree(after));
    }

    /** Parses the state before again: equal, without shared parts. */
    JsonNode beforeAgain() {
        return parse(beforeText);
    }

    static JsonNode parse(byte[] text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] text(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
