package dev.geotherm.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.cli.Json;
import dev.geotherm.cli.TextTable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a run did: JSON for machines, a table made of the same for people. */
public final class RunReport {
    private final ObjectNode report;
    private final Path deadLetterFile;

    RunReport(ObjectNode report, Path deadLetterFile) {
        this.report = report;
        this.deadLetterFile = deadLetterFile;
    }

    /** Returns the report as it is in {@code report.json}. */
    public String json() {
        return Json.pretty(report);
    }

    /** Returns a message about fragments that could not be ingested, if there are any. */
    public Optional<String> deadLetters() {
        long dead = at("/components/streaming/metrics/dead").asLong();
        return dead == 0
                ? Optional.empty()
                : Optional.of("geotherm: " + dead + " fragments could not be ingested; see " + deadLetterFile);
    }

    /** Returns the report for people. */
    public String table(boolean styled) {
        TextTable parts = new TextTable(styled, "part", "with", "what it did");
        parts.row("corpus", report.at("/corpus/name").asText(), corpus());
        parts.row("streaming", use("streaming"), streaming());
        parts.row("embedding", use("embedding"), embedding());
        parts.row("pool", use("pool"), pool("anchors"));
        parts.row("", "", pool("vectors"));
        parts.row("anchors", use("anchors"), anchors());
        parts.row("diff", use("diff"), diff());
        parts.row("", "", saved());
        parts.row("retrieval", use("retrieval"), retrieval());
        if (report.has("evaluation")) {
            parts.row("batch", use("batch"), batch());
        }
        StringBuilder text = new StringBuilder(parts.toString()).append('\n');
        if (report.has("evaluation")) {
            TextTable measures = new TextTable(styled, "measure", "mean");
            report.at("/evaluation/measures")
                    .properties()
                    .forEach(each -> measures.row(
                            each.getKey(), format("%.4f", each.getValue().asDouble())));
            text.append(measures).append('\n');
        }
        TextTable end = new TextTable(styled, "run", report.path("retrieve").asText() + " retrieval");
        end.row("profile", report.path("profile").asText());
        end.row("replay", format("%,d revisions applied to {} give state.json exactly", number("/replay/revisions")));
        end.row("time", time());
        end.row("memory", memory());
        end.row("results", report.path("out").asText());
        report.at("/corpus/notes").forEach(note -> end.row("note", note.asText()));
        return text.append(end).toString();
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
        JsonNode metrics = metrics("streaming");
        return format(
                "%,d processed in %,d batches, %,d retried, %,d dead; %,.0f/s; backpressure up to %s",
                metrics.path("processed").asLong(),
                metrics.path("batches").asLong(),
                metrics.path("retried").asLong(),
                metrics.path("dead").asLong(),
                metrics.path("processed").asLong()
                        / Math.max(0.001, metrics.path("running").asDouble()),
                metrics.path("highestLevel").asText().toLowerCase(Locale.ROOT));
    }

    private String embedding() {
        JsonNode metrics = metrics("embedding");
        return format(
                "%,d texts, %,d characters in %.1f s",
                metrics.path("texts").asLong(),
                metrics.path("characters").asLong(),
                metrics.path("time").asDouble());
    }

    private String pool(String name) {
        JsonNode pool = metrics("pool").path("pools").path(name);
        long reused = pool.path("reused").asLong();
        long handedOut = pool.path("created").asLong() + pool.path("firstUses").asLong() + reused;
        return format(
                "%s: %,d handed out, %.1f %% reused, most in use %,d (bound %,d), %s not allocated",
                name,
                handedOut,
                100.0 * reused / Math.max(1, handedOut),
                pool.path("peak").asLong(),
                pool.path("maxSize").asLong(),
                bytes(pool.path("bytesSaved").asLong()));
    }

    private String anchors() {
        JsonNode metrics = metrics("anchors");
        return format(
                "%,d created, %,d reinforced; %,d looked at for each fragment; mean drift %.3f",
                metrics.path("created").asLong(),
                metrics.path("reinforced").asLong(),
                metrics.path("compared").asLong()
                        / Math.max(1, metrics.path("ingested").asLong()),
                at("/components/anchors/stability/averageDrift").asDouble());
    }

    private String diff() {
        return format(
                "%,d revisions, %,d changes, %s as JSON Patch, %s encoded",
                number("/deltas/revisions"),
                number("/deltas/changes"),
                bytes(number("/deltas/patchBytes")),
                bytes(number("/deltas/encodedBytes")));
    }

    private String saved() {
        long full = number("/deltas/fullStatesBytes");
        long delta = number("/deltas/patchBytes");
        return format(
                "whole states would be %s: %.1f %% less (last state %s)",
                bytes(full), 100.0 * (full - delta) / Math.max(1, full), bytes(number("/deltas/stateBytes")));
    }

    private String retrieval() {
        JsonNode metrics = metrics("retrieval");
        return format(
                "%,d passages, %,d searches in %.1f s, %,d from the cache",
                metrics.path("passages").asLong(),
                metrics.path("searches").asLong(),
                metrics.path("time").asDouble(),
                metrics.path("cacheHits").asLong());
    }

    private String batch() {
        return format(
                "%,d queries (%,d judged), %,d failed, %,d resumed; %,.0f/s in %,d batches",
                number("/evaluation/queries"),
                number("/evaluation/judgedQueries"),
                number("/evaluation/failed"),
                number("/evaluation/resumed"),
                at("/evaluation/perSecond").asDouble(),
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
        String heap = "peak heap " + bytes(number("/memory/peakHeapBytes"));
        JsonNode resident = at("/memory/peakResidentBytes");
        return resident.isMissingNode() ? heap : heap + ", peak resident " + bytes(resident.asLong());
    }

    private String use(String section) {
        return at("/components/" + section + "/use").asText();
    }

    private JsonNode metrics(String section) {
        return at("/components/" + section + "/metrics");
    }

    private long number(String pointer) {
        return at(pointer).asLong();
    }

    private JsonNode at(String pointer) {
        return report.at(pointer);
    }

    private static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        return format("%.1f %ciB", bytes / (double) (1L << (10 * unit)), "KMGTPE".charAt(unit - 1));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
