package dev.geotherm.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.geotherm.batch.measure.TrecRun;
import dev.geotherm.batch.measure.TrecRun.Scored;
import dev.geotherm.engine.corpus.CorpusQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The output of an evaluation: one line per query, with an array of pairs of document and score, best first. */
final class RankingFile {
    private RankingFile() {}

    static JsonNode toJson(List<Scored> ranking) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        ranking.forEach(each -> json.addArray().add(each.document()).add(each.score()));
        return json;
    }

    /** Returns the rankings as a run; a query that failed has an empty one. */
    static TrecRun read(Path file, List<CorpusQuery> queries) throws IOException {
        TrecRun.Builder run = TrecRun.builder("geotherm");
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (CorpusQuery query : queries) {
                JsonNode line = Json.MAPPER.readTree(reader.readLine());
                List<Scored> ranking = new ArrayList<>();
                line.path("value")
                        .forEach(pair -> ranking.add(
                                new Scored(pair.get(0).asText(), pair.get(1).asDouble())));
                run.add(query.id(), ranking);
            }
        }
        return run.build();
    }
}
