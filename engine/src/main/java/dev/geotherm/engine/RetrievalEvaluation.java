package dev.geotherm.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationProgress;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.batch.measure.Qrels;
import dev.geotherm.batch.measure.RankingMeasures;
import dev.geotherm.batch.measure.TrecRun;
import dev.geotherm.cli.Json;
import dev.geotherm.cli.corpus.Corpus;
import dev.geotherm.profiles.config.EffectiveSetting;
import dev.geotherm.profiles.runtime.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** The second half of the main job: queries are answered in batches, with checkpoints, and the answers are measured. */
final class RetrievalEvaluation {
    static final String RUN = "run.trec";
    static final String OUTPUT = "evaluation.jsonl";

    /** Settings that change how fast answers come, and not which. */
    private static final Set<String> PACE_ONLY =
            Set.of("retrieval.batchSize", "retrieval.parallel", "retrieval.prefetch", "retrieval.cacheSize");

    private static final Duration BEAT = Duration.ofMillis(200);

    private final Corpus corpus;
    private final Platform platform;
    private final RetrievalMode mode;
    private final String documents;
    private final boolean fresh;

    /**
     * Creates an evaluation.
     *
     * @param documents a hash of the documents, on which the answers depend
     * @param fresh whether a checkpoint is thrown away
     */
    RetrievalEvaluation(Corpus corpus, Platform platform, RetrievalMode mode, String documents, boolean fresh) {
        this.corpus = corpus;
        this.platform = platform;
        this.mode = mode;
        this.documents = documents;
        this.fresh = fresh;
    }

    ObjectNode run(OutputFolder folder, Progress progress, Cancellation cancellation)
            throws IOException, InterruptedException {
        Path output = folder.file(OUTPUT);
        if (fresh) {
            Files.deleteIfExists(folder.file(OUTPUT + ".checkpoint"));
        }
        int depth = RankingFunction.depth(corpus.queries().size());
        EvaluationReport report = evaluate(output, depth, progress, cancellation);
        TrecRun run = RankingFile.read(output, corpus.queries());
        run.write(folder.draft(RUN));
        return summary(report, depth, run);
    }

    private EvaluationReport evaluate(Path output, int depth, Progress progress, Cancellation cancellation)
            throws IOException, InterruptedException {
        List<EvaluationItem<String>> items = corpus.queries().stream()
                .map(query -> new EvaluationItem<>(query.id(), query.text()))
                .toList();
        Evaluation evaluation = start(new EvaluationJob<>(
                identity(depth),
                items,
                new RankingFunction(platform, mode, depth),
                RankingFile::toJson,
                output,
                EvaluationMode.PARALLEL,
                EvaluationListener.none()));
        cancellation.watch(evaluation);
        progress.phase(() -> line(evaluation.progress()));
        Optional<EvaluationReport> report = Optional.empty();
        while (report.isEmpty()) {
            report = evaluation.await(BEAT);
        }
        return switch (report.get().status()) {
            case COMPLETED, COMPLETED_WITH_FAILURES -> report.get();
            case CANCELLED -> throw new CancellationException("stopped by a signal");
            case FAILED ->
                throw new GeothermException(
                        "the evaluation failed: " + report.get().error().orElse("for a reason unknown"));
        };
    }

    private Evaluation start(EvaluationJob<String, List<TrecRun.Scored>> job) {
        try {
            return platform.evaluator().start(job);
        } catch (EvaluationException refused) {
            throw new GeothermException(
                    refused.getMessage() + "; --fresh throws away what an earlier run evaluated", refused);
        }
    }

    /** Names what the answers depend on besides the queries, so that no checkpoint of something else is resumed. */
    private String identity(int depth) throws IOException {
        ContentHash hash = new ContentHash().add(documents);
        for (EffectiveSetting setting : platform.configuration().settings()) {
            if (decidesAnswers(setting.key())) {
                hash.add(setting.key()).add(setting.value());
            }
        }
        // A plugin that was exchanged for another of the same name and settings may answer otherwise.
        for (ComponentKind kind : List.of(ComponentKind.EMBEDDING, ComponentKind.RETRIEVAL)) {
            hash.addFile(Path.of(platform.configuration().implementation(kind).location()));
        }
        return "retrieval " + mode.name().toLowerCase(Locale.ROOT) + " depth " + depth + " of " + hash.hex();
    }

    private static boolean decidesAnswers(String key) {
        return key.startsWith("embedding.")
                || (key.startsWith("retrieval.") && !PACE_ONLY.contains(key))
                || key.equals("anchors.scrub");
    }

    private ObjectNode summary(EvaluationReport report, int depth, TrecRun run) {
        Qrels.Builder qrels = Qrels.builder();
        corpus.judgements().forEach(each -> qrels.add(each.query(), each.document(), each.grade()));
        RankingMeasures measures = RankingMeasures.of(qrels.build(), run);
        ObjectNode summary = Json.MAPPER.createObjectNode();
        summary.put("status", report.status().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("queries", report.progress().total())
                .put("judgedQueries", measures.queries().size())
                .put("failed", report.progress().failed())
                .put("resumed", report.progress().resumed())
                .put("perSecond", Math.round(report.progress().perSecond() * 10) / 10.0)
                .put("batches", report.batches())
                .put("checkpoints", report.checkpoints())
                .put("depth", depth);
        summary.putObject("measures")
                .put("nDCG@10", measures.mean().ndcgAt10())
                .put("MAP", measures.mean().averagePrecision())
                .put("MRR", measures.mean().reciprocalRank())
                .put("Recall@100", measures.mean().recallAt100());
        report.firstFailures()
                .forEach(failure -> summary.withArray("failures")
                        .addObject()
                        .put("query", failure.item())
                        .put("attempts", failure.attempts())
                        .put("error", failure.error()));
        return summary;
    }

    private static String line(EvaluationProgress progress) {
        return String.format(
                Locale.ROOT,
                "evaluate %,d of %,d queries, %,.0f/s%s%s",
                progress.done(),
                progress.total(),
                progress.perSecond(),
                progress.resumed() > 0 ? String.format(Locale.ROOT, ", %,d resumed", progress.resumed()) : "",
                progress.remaining()
                        .map(left -> ", " + left.toSeconds() + " s left")
                        .orElse(""));
    }
}
