package dev.geotherm.engine;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.geotherm.batch.measure.TrecRun.Scored;
import dev.geotherm.engine.corpus.CorpusQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The output file of an evaluation: one line per query, with an array of pairs of document and score, best first. */
final class RankingFile {
    private static final int BYTES_PER_DOCUMENT = 40;

    private RankingFile() {}

    /** Returns a ranking as preformatted JSON text, because a node per document and score would cost more than a search. */
    static JsonNode toJson(List<Scored> ranking) {
        StringBuilder json = new StringBuilder(BYTES_PER_DOCUMENT * (ranking.size() + 1)).append('[');
        JsonStringEncoder encoder = JsonStringEncoder.getInstance();
        for (Scored each : ranking) {
            json.append(json.length() == 1 ? "[\"" : ",[\"");
            encoder.quoteAsString(each.document(), json);
            json.append("\",").append(each.score()).append(']');
        }
        return new POJONode(new RawValue(json.append(']').toString()));
    }

    /**
     * Adds the rankings of a file to the known rankings.
     *
     * @param queries the queries of the lines
     * @param known the known rankings by query
     */
    static void read(Path file, List<CorpusQuery> queries, Map<String, List<Scored>> known) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (CorpusQuery query : queries) {
                String line = reader.readLine();
                if (!known.containsKey(query.id())) {
                    known.put(query.id(), ranking(Json.MAPPER.readTree(line)));
                }
            }
        }
    }

    /** Returns the ranking of a line; empty if the query failed. */
    private static List<Scored> ranking(JsonNode line) {
        List<Scored> ranking = new ArrayList<>();
        line.path("value")
                .forEach(pair ->
                        ranking.add(new Scored(pair.get(0).asText(), pair.get(1).asDouble())));
        return ranking;
    }
}
