package dev.geotherm.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.batch.measure.RunScores;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Path;
import java.util.Locale;

/** The report of a {@link MainJob}: its options, its results and the metrics of every component. */
public final class RunReport {
    private static final int SCHEMA_VERSION = 2;

    private final ObjectNode report;
    private final long deadLetters;
    private final Path deadLetterFile;

    private RunReport(ObjectNode report, long deadLetters, Path deadLetterFile) {
        this.report = report;
        this.deadLetters = deadLetters;
        this.deadLetterFile = deadLetterFile;
    }

    /** Returns the report as the text of {@code report.json}. */
    public String json() {
        return Json.pretty(report);
    }

    /** Returns a copy of the report as a tree. */
    public ObjectNode toTree() {
        return report.deepCopy();
    }

    /** Returns the number of fragments that could not be ingested. */
    public long deadLetters() {
        return deadLetters;
    }

    /** Returns the file with the fragments that could not be ingested, which exists only if there are any. */
    public Path deadLetterFile() {
        return deadLetterFile;
    }

    /** A builder of the report during its job. Not thread-safe. */
    static final class Builder {
        private final ObjectNode report = Json.MAPPER.createObjectNode();
        private final Corpus corpus;
        private final KnowledgeFolder folder;
        private long deadLetters;

        Builder(MainJob job, KnowledgeFolder folder, Platform platform) {
            this.corpus = job.corpus();
            this.folder = folder;
            report.put("schemaVersion", SCHEMA_VERSION)
                    .put("profile", job.configuration().profile().name())
                    .put(
                            "retrieve",
                            job.options().mode(platform.embedder()).name().toLowerCase(Locale.ROOT))
                    .put("out", folder.path().toString());
        }

        void ingestion(IngestionResult result) {
            deadLetters = result.deadLetters();
            ObjectNode json = report.putObject("corpus")
                    .put("name", corpus.name())
                    .put("documents", result.documents())
                    .put("emptyDocuments", result.emptyDocuments())
                    .put("fragments", result.fragments())
                    .put("deadLetters", result.deadLetters())
                    .put("queries", corpus.queries().size())
                    .put("judgements", corpus.judgements().size());
            corpus.notes().forEach(json.putArray("notes")::add);
            report.set("stages", Json.MAPPER.valueToTree(result.stages()));
        }

        void replay(StateCheck check, DeltaTotals totals) {
            report.set("deltas", Json.MAPPER.valueToTree(totals));
            report.putObject("replay")
                    .put("verified", check.revisions() == totals.revisions())
                    .put("revisions", check.revisions())
                    .put("fingerprint", check.fingerprint());
        }

        void evaluation(EvaluationResult result) {
            var answers = result.report();
            ObjectNode json = report.putObject("evaluation")
                    .put(
                            "status",
                            answers.status().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("queries", answers.progress().total())
                    .put("judgedQueries", result.scores().queries().size())
                    .put("failed", answers.progress().failed())
                    .put("resumed", answers.progress().resumed())
                    .put("perSecond", Math.round(answers.progress().perSecond() * 10) / 10.0)
                    .put("batches", answers.batches())
                    .put("checkpoints", answers.checkpoints())
                    .put("depth", result.depth());
            ObjectNode measures = json.putObject("measures");
            RunScores scores = result.scores();
            scores.measures().forEach(measure -> measures.put(measure.toString(), scores.mean(measure)));
            answers.firstFailures()
                    .forEach(failure -> json.withArray("failures")
                            .addObject()
                            .put("query", failure.item())
                            .put("attempts", failure.attempts())
                            .put("error", failure.error()));
        }

        RunReport build(Platform platform, Stopwatch watch, HeapPeak heap) {
            report.set("components", ComponentReport.of(platform));
            platform.unopenedInstances().forEach(report.putArray("warnings")::add);
            report.set("seconds", watch.toJson());
            Memory memory = Memory.peak(heap);
            ObjectNode used = report.putObject("memory").put("peakHeapBytes", memory.heapBytes());
            memory.residentBytes().ifPresent(bytes -> used.put("peakResidentBytes", bytes));
            return new RunReport(report, deadLetters, folder.file(KnowledgeFolder.DEAD_LETTERS));
        }
    }
}
