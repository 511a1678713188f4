package dev.geotherm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.cli.terminal.TextTable;
import dev.geotherm.cli.terminal.Units;
import dev.geotherm.engine.RunReport;
import java.util.Locale;

/** The report of a run as readable tables. */
final class ReportTable {
    private final JsonNode report;

    ReportTable(RunReport report) {
        this.report = report.toTree();
    }

    String text(boolean styled) {
        TextTable parts = new TextTable(styled, "part", "with", "what it did");
        parts.row("corpus", report.at("/corpus/name").asText(), corpus());
        parts.row("streaming", use("streaming"), streaming());
        parts.row("embedding", use("embedding"), embedding());
        String component = "pool";
        String implementation = use("pool");
        for (var pool : report.at("/components/pool/instances").properties()) {
            parts.row(component, implementation, pool(pool.getKey(), pool.getValue()));
            component = "";
            implementation = "";
        }
        parts.row("anchors", use("anchors"), anchors());
        parts.row("diff", use("diff"), diff());
        parts.row("", "", saved());
        parts.row("retrieval", use("retrieval"), retrieval());
        if (report.has("evaluation")) {
            parts.row("batch", use("batch"), batch());
        }
        return parts + "\n" + new StageTable(styled, report.path("stages")) + "\n" + measures(styled) + end(styled);
    }

    private String measures(boolean styled) {
        if (!report.has("evaluation")) {
            return "";
        }
        TextTable measures = new TextTable(styled, "measure", "mean");
        report.at("/evaluation/measures")
                .properties()
                .forEach(each -> measures.row(
                        each.getKey(), format("%.4f", each.getValue().asDouble())));
        return measures + "\n";
    }

    private TextTable end(boolean styled) {
        TextTable end = new TextTable(styled, "run", report.path("retrieve").asText() + " retrieval");
        end.row("profile", report.path("profile").asText());
        end.row("replay", format("%,d revisions applied to {} give state.json exactly", number("/replay/revisions")));
        end.row("time", time());
        end.row("memory", memory());
        end.row("results", report.path("out").asText());
        report.at("/corpus/notes").forEach(note -> end.row("note", note.asText()));
        report.path("warnings").forEach(warning -> end.row("warning", warning.asText()));
        return end;
    }

    private String corpus() {
        String text = format(
                "%,d documents (%,d empty), %,d fragments",
                number("/corpus/documents"), number("/corpus/emptyDocuments"), number("/corpus/fragments"));
        return number("/corpus/queries") == 0
                ? text
                : text
                        + format(
                                ", %,d queries, %,d judgements",
                                number("/corpus/queries"), number("/corpus/judgements"));
    }

    private String streaming() {
        JsonNode pipeline = report.at("/components/streaming/instances/ingestion");
        long processed = value(pipeline, "processed");
        return format(
                "%,d processed in %,d batches, %,d retried, %,d dead; %,.0f/s",
                processed,
                value(pipeline, "batches"),
                value(pipeline, "retried"),
                value(pipeline, "dead"),
                processed / Math.max(0.001, pipeline.at("/running/value").asDouble()));
    }

    private String embedding() {
        JsonNode metrics = metrics("embedding");
        return format(
                "%,d texts, %,d characters%s",
                value(metrics, "texts"), value(metrics, "characters"), times(metrics.path("time"), "text"));
    }

    private static String pool(String name, JsonNode pool) {
        long reused = value(pool, "reused");
        long acquired = value(pool, "created") + value(pool, "firstUses") + reused;
        return format(
                "%s: %,d acquired, %.1f %% reused, at most %,d in use (bound %,d), %s allocation avoided",
                name,
                acquired,
                100.0 * reused / Math.max(1, acquired),
                value(pool, "peak"),
                value(pool, "maxSize"),
                Units.bytes(value(pool, "allocationAvoided")));
    }

    private String anchors() {
        JsonNode metrics = metrics("anchors");
        return format(
                "%,d created, %,d reinforced; %,d comparisons per fragment; mean drift %.3f",
                value(metrics, "created"),
                value(metrics, "reinforced"),
                value(metrics, "comparisons") / Math.max(1, value(metrics, "ingested")),
                report.at("/components/anchors/stability/averageDrift").asDouble());
    }

    private String diff() {
        return format(
                "%,d revisions, %,d changes, %s as JSON Patch",
                number("/deltas/revisions"), number("/deltas/changes"), Units.bytes(number("/deltas/patchBytes")));
    }

    private String saved() {
        return saved(number("/deltas/fullStatesBytes"), number("/deltas/patchBytes"), number("/deltas/stateBytes"));
    }

    /** Returns a comparison of the size of the deltas with the size of whole states. */
    static String saved(long full, long delta, long last) {
        double saved = 100.0 * (full - delta) / Math.max(1, full);
        return format(
                "%.1f %% %s than whole states, which take %s (the last one %s)",
                Math.abs(saved), saved < 0 ? "more" : "less", Units.bytes(full), Units.bytes(last));
    }

    private String retrieval() {
        JsonNode metrics = report.at("/components/retrieval/instances/knowledge");
        return format(
                "%,d passages, %,d searches, %,d from the cache%s",
                value(metrics, "passages"),
                value(metrics, "searches"),
                value(metrics, "cacheHits"),
                times(metrics.path("time"), "search"));
    }

    private String batch() {
        return format(
                "%,d queries (%,d judged), %,d failed, %,d resumed; %,.0f/s in %,d batches",
                number("/evaluation/queries"),
                number("/evaluation/judgedQueries"),
                number("/evaluation/failed"),
                number("/evaluation/resumed"),
                report.at("/evaluation/perSecond").asDouble(),
                number("/evaluation/batches"));
    }

    private String time() {
        StringBuilder text = new StringBuilder();
        report.path("seconds")
                .properties()
                .forEach(each -> text.append(text.isEmpty() ? "" : ", ")
                        .append(format(
                                "%s %.1f s", each.getKey(), each.getValue().asDouble())));
        return text.toString();
    }

    private String memory() {
        String heap = "peak heap " + Units.bytes(number("/memory/peakHeapBytes"));
        JsonNode resident = report.at("/memory/peakResidentBytes");
        return resident.isMissingNode() ? heap : heap + ", peak resident " + Units.bytes(resident.asLong());
    }

    /** Returns a separator, the median and the 99th percentile of a distribution of durations; empty without values. */
    static String times(JsonNode distribution, String of) {
        return distribution.path("count").asLong() == 0
                ? ""
                : format(
                        "; median %s per %s, 99 %% within %s",
                        Units.duration(distribution.path("p50").asDouble()),
                        of,
                        Units.duration(distribution.path("p99").asDouble()));
    }

    private String use(String section) {
        return report.at("/components/" + section + "/use").asText();
    }

    private JsonNode metrics(String section) {
        return report.at("/components/" + section + "/metrics");
    }

    private static long value(JsonNode metrics, String name) {
        return metrics.path(name).path("value").asLong();
    }

    private long number(String pointer) {
        return report.at(pointer).asLong();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
