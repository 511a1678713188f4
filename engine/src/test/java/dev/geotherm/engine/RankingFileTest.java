package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.batch.measure.TrecRun.Scored;
import dev.geotherm.engine.corpus.CorpusQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankingFileTest {
    private static final List<Scored> RANKING = List.of(new Scored("a\"\\b", 1.5e-7), new Scored("é", -2));

    @Test
    void toJson_isAnArrayOfPairs() throws Exception {
        JsonNode read = Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(RankingFile.toJson(RANKING)));
        assertThat(read).hasToString("[[\"a\\\"\\\\b\",1.5E-7],[\"é\",-2.0]]");
        assertThat(Json.MAPPER.writeValueAsString(RankingFile.toJson(List.of())))
                .isEqualTo("[]");
    }

    @Test
    void read_addsWhatIsNotKnown(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("evaluation.jsonl");
        String value = Json.MAPPER.writeValueAsString(RankingFile.toJson(RANKING));
        Files.writeString(
                file,
                "{\"id\":\"q1\",\"status\":\"ok\",\"value\":" + value + "}\n"
                        + "{\"id\":\"q2\",\"status\":\"failed\",\"attempts\":3,\"error\":\"no\"}\n"
                        + "{\"id\":\"q3\",\"status\":\"ok\",\"value\":" + value + "}\n");
        List<Scored> known = List.of(new Scored("known", 1));
        Map<String, List<Scored>> rankings = new HashMap<>(Map.of("q1", known));
        RankingFile.read(
                file,
                List.of(new CorpusQuery("q1", "a"), new CorpusQuery("q2", "b"), new CorpusQuery("q3", "c")),
                rankings);
        assertThat(rankings).isEqualTo(Map.of("q1", known, "q2", List.of(), "q3", RANKING));
    }
}
