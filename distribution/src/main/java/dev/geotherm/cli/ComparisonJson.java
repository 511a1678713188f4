package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.batch.comparison.MeasureComparison;
import dev.geotherm.batch.comparison.QueryChange;
import dev.geotherm.cli.quality.ComparedRuns;

/** The JSON form of a comparison of two runs, with all changed queries. */
final class ComparisonJson {
    private ComparisonJson() {}

    /** Returns the comparison as JSON. */
    static ObjectNode of(ComparedRuns runs) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("baseline", Json.MAPPER.valueToTree(runs.baseline()));
        json.set("candidate", Json.MAPPER.valueToTree(runs.candidate()));
        json.put("level", runs.level());
        ArrayNode measures = json.putArray("measures");
        for (MeasureComparison each : runs.comparison().measures()) {
            ObjectNode measure = measures.addObject()
                    .put("measure", each.measure().toString())
                    .put("baseline", each.baseline())
                    .put("candidate", each.candidate())
                    .put("change", each.change());
            if (!Double.isNaN(each.interval().low())) {
                measure.putObject("interval95")
                        .put("low", each.interval().low())
                        .put("high", each.interval().high());
            }
            measure.put("tTestP", each.tTest())
                    .put("randomizationP", each.randomization())
                    .put("correctedP", each.corrected())
                    .put("better", each.better())
                    .put("worse", each.worse())
                    .put("same", each.same());
            ArrayNode changes = measure.putArray("changes");
            for (QueryChange change : runs.comparison().changes(each.measure())) {
                changes.addObject()
                        .put("query", change.query())
                        .put("baseline", change.baseline())
                        .put("candidate", change.candidate());
            }
        }
        ArrayNode conditions = json.putArray("conditions");
        runs.verdicts()
                .forEach(each -> conditions
                        .addObject()
                        .put("condition", each.gate().toString())
                        .put("failed", each.failed())
                        .put("reason", each.reason()));
        return json;
    }
}
