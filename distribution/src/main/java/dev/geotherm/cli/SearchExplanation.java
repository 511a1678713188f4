package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.ExplainedHit;
import dev.geotherm.cli.terminal.TextTable;
import java.util.Locale;
import java.util.stream.Collectors;

/** The explanation of a hit, as a table and as JSON. */
record SearchExplanation(ExplainedHit hit) {

    ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        for (ExplainedHit.Part part : hit.parts()) {
            ObjectNode own = json.putObject(part.mode().name().toLowerCase(Locale.ROOT));
            if (part.rank() > 0) {
                own.put("rank", part.rank());
            }
            own.put("score", part.score()).put("weight", part.weight()).put("contribution", part.contribution());
        }
        if (!hit.terms().isEmpty()) {
            ArrayNode words = json.putArray("words");
            hit.terms()
                    .forEach(term -> words.addObject().put("word", term.word()).put("score", term.score()));
        }
        return json;
    }

    /** Returns a table of each ranking's contribution, followed by the matching words. Each line ends with a line feed. */
    String toTable(boolean styled) {
        TextTable table = new TextTable(styled, "mode", "rank", "score", "weight", "adds");
        for (ExplainedHit.Part part : hit.parts()) {
            table.row(
                    part.mode().name().toLowerCase(Locale.ROOT),
                    part.rank() == 0 ? "" : part.rank(),
                    number(part.score()),
                    String.format(Locale.ROOT, "%.2f", part.weight()),
                    number(part.contribution()));
        }
        String words = hit.terms().stream()
                .map(term -> term.word() + " " + number(term.score()))
                .collect(Collectors.joining(", "));
        return table + (words.isEmpty() ? "" : "words: " + words + "\n");
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.4f", number);
    }
}
