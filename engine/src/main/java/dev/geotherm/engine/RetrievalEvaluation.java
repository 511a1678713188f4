package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.batch.measure.Measure;
import dev.geotherm.batch.measure.Qrels;
import dev.geotherm.batch.measure.RunScores;
import dev.geotherm.batch.measure.TrecRun;
import dev.geotherm.batch.measure.TrecRun.Scored;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusQuery;
import dev.geotherm.profiles.config.EffectiveSetting;
import dev.geotherm.profiles.runtime.Platform;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** The evaluation of retrieval, which answers queries in batches with checkpoints, and measures the answers. */
final class RetrievalEvaluation {
    /** The settings that affect only the speed of answers. */
    private static final Set<String> PACE_ONLY = Set.of(
            "retrieval.batchSize",
            "retrieval.parallel",
            "retrieval.prefetch",
            "retrieval.cacheSize",
            "retrieval.vectorMemory");

    private static final Duration POLL = Duration.ofMillis(200);

    private final Platform platform;
    private final KnowledgeFolder folder;

    @Inject
    RetrievalEvaluation(Platform platform, KnowledgeFolder folder) {
        this.platform = platform;
        this.folder = folder;
    }

    /**
     * Answers the queries of a corpus and measures the answers against its judgements. The checkpoint is kept until the
     * results are published.
     *
     * @param retriever the retriever over everything ingested
     * @param documents a hash of everything ingested
     * @param source the source of the judged documents
     */
    EvaluationResult run(
            Corpus corpus,
            Retriever retriever,
            String documents,
            SourceKey source,
            EvaluationOptions options,
            Progress progress,
            Cancellation cancellation)
            throws IOException, InterruptedException {
        Path output = folder.file(KnowledgeFolder.EVALUATION);
        // An existing run means that its checkpoint is complete; this evaluation replaces both.
        if (options.fresh() || Files.exists(folder.draft(KnowledgeFolder.RUN))) {
            folder.deleteCheckpoint();
        }
        QuerySet queries = QuerySet.of(corpus, options.allQueries());
        RankingFunction function =
                new RankingFunction(platform.embedder(), retriever, options, queries, source.prefix());
        Evaluation evaluation = platform.evaluator()
                .start(new EvaluationJob<>(
                                identity(documents, options, queries),
                                queries.queries().stream()
                                        .map(query -> new EvaluationItem<>(query.id(), query.text()))
                                        .toList(),
                                function,
                                RankingFile::toJson,
                                output,
                                EvaluationMode.PARALLEL,
                                EvaluationListener.none())
                        .keepingCheckpoint());
        EvaluationSteps steps = new EvaluationSteps(evaluation, function);
        progress.begin(steps::next);
        EvaluationReport report = await(evaluation, cancellation);
        progress.begin(() -> new Progress.Step("write the rankings", "", 0, 0, 0, ""));
        TrecRun run = run(function.rankings(), report, output, queries.queries());
        run.write(folder.draft(KnowledgeFolder.RUN));
        Qrels.Builder qrels = Qrels.builder();
        corpus.judgements().forEach(each -> qrels.add(each.query(), each.document(), each.grade()));
        return new EvaluationResult(report, queries.judgedDepth(), RunScores.of(qrels.build(), run, Measure.DEFAULTS));
    }

    /** Returns the rankings as a run, with an empty ranking for a failed query. Reads those from a checkpoint. */
    private static TrecRun run(
            Map<String, List<Scored>> rankings, EvaluationReport report, Path output, List<CorpusQuery> queries)
            throws IOException {
        if (report.progress().resumed() > 0) {
            RankingFile.read(output, queries, rankings);
        }
        TrecRun.Builder run = TrecRun.builder("geotherm");
        for (CorpusQuery query : queries) {
            run.add(query.id(), rankings.getOrDefault(query.id(), List.of()));
        }
        return run.build();
    }

    private static EvaluationReport await(Evaluation evaluation, Cancellation cancellation)
            throws InterruptedException {
        Optional<EvaluationReport> report = Optional.empty();
        try {
            while (report.isEmpty()) {
                if (cancellation.isRequested()) {
                    evaluation.cancel();
                }
                report = evaluation.await(POLL);
            }
        } catch (InterruptedException interrupted) {
            evaluation.cancel();
            throw interrupted;
        }
        return switch (report.get().status()) {
            case COMPLETED, COMPLETED_WITH_FAILURES -> report.get();
            case CANCELLED -> throw new CancellationException("cancelled; the same evaluation resumes");
            case FAILED ->
                throw new GeothermException(
                        "the evaluation failed: " + report.get().error().orElse("the evaluator gave no reason"));
        };
    }

    /**
     * Returns the identity of the evaluation: everything besides the queries that affects the answers. Only a checkpoint of
     * the same evaluation is resumed.
     */
    private String identity(String documents, EvaluationOptions options, QuerySet queries) throws IOException {
        ContentHash hash = new ContentHash().add(documents);
        for (EffectiveSetting setting : platform.configuration().settings()) {
            if (decidesAnswers(setting.key())) {
                hash.add(setting.key()).add(setting.value());
            }
        }
        hash.add(platform.anchors().scrubFingerprint());
        // Another version of a plugin can have the same name and settings but different answers.
        for (ComponentKind kind : List.of(ComponentKind.EMBEDDING, ComponentKind.RETRIEVAL)) {
            hash.addFile(Path.of(platform.configuration().implementation(kind).location()));
        }
        queries.judged().stream().sorted().forEach(hash::add); // they determine the depth of each query
        return "retrieval " + options.mode(platform.embedder()).name().toLowerCase(Locale.ROOT) + " of "
                + queries.judgedDepth() + " and "
                + queries.otherDepth() + " documents "
                + (options.excludeQueryDocument() ? "except that of the query " : "") + "of " + hash.hex();
    }

    private static boolean decidesAnswers(String key) {
        return key.startsWith("embedding.")
                || (key.startsWith("retrieval.") && !PACE_ONLY.contains(key))
                || key.startsWith("anchors.scrub");
    }
}
