package dev.geotherm.benchmarks.mainjob;

import dev.geotherm.anchors.embedding.HashingEmbedderFactory;
import dev.geotherm.anchors.embedding.HashingEmbedderSettings;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.benchmarks.mainjob.Measured.Mark;
import dev.geotherm.engine.Cancellation;
import dev.geotherm.engine.EvaluationOptions;
import dev.geotherm.engine.KnowledgeFolder;
import dev.geotherm.engine.MainJob;
import dev.geotherm.engine.Progress;
import dev.geotherm.engine.RunReport;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import dev.geotherm.storage.DurableFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The process that runs one contender some times, and prints what each run cost.
 *
 * <p>The ingestion of the main job is measured from the start of the platform, and without the checking first pass over the
 * files, which the plain loop does not make; that of the plain loop includes reading. The evaluation of both includes writing
 * the run file and the rankings. The replay of the deltas is in neither.
 */
public final class MainJobRun {
    private static final HeapWatch HEAP = new HeapWatch();

    private MainJobRun() {}

    /**
     * Runs a contender.
     *
     * @param arguments {@code product} or {@code plain}, the folder of the corpus, a folder for results, the number of runs
     */
    public static void main(String... arguments) throws Exception {
        boolean product = arguments[0].equals("product");
        Path corpus = Path.of(arguments[1]);
        Path out = Path.of(arguments[2]);
        for (int i = Integer.parseInt(arguments[3]); i > 0; i--) {
            DurableFiles.deleteTree(out);
            HEAP.reset();
            System.out.println((product ? product(corpus, out) : plain(corpus, out)).line());
        }
    }

    private static Measured plain(Path corpus, Path out) throws Exception {
        Path index = Files.createDirectories(out.resolve("index"));
        Mark start = Mark.now();
        Embedder embedder = new HashingEmbedderFactory()
                .create(Settings.defaults(HashingEmbedderSettings.class), ComponentContext.standalone("embedding"));
        List<PlainFiles.Line> documents = PlainFiles.read(corpus.resolve("corpus.jsonl"));
        try (PlainPassages passages = new PlainPassages(documents, embedder, index)) {
            Mark ingested = Mark.now();
            List<PlainFiles.Line> queries = PlainFiles.read(corpus.resolve("queries.jsonl"));
            Map<String, Map<String, Integer>> judgements = PlainFiles.judgements(corpus);
            queries.removeIf(query -> !judgements.containsKey(query.id()));
            PlainMeasures measures = new PlainEvaluation(passages, embedder, queries).run(judgements, out);
            Measured measured = Measured.of(start, ingested, ingested, Mark.now(), HEAP.bytes());
            print(measures.ndcgAt10(), measures.averagePrecision());
            return measured;
        }
    }

    private static Measured product(Path folder, Path out) throws Exception {
        Corpus corpus = Corpus.open(folder.toString());
        Configuration configuration = Configuration.bind(
                Profiles.builtIn(), "balanced", Overrides.of(System.getenv(), List.of()), Discovery.of(Plugins.none()));
        List<String> phases = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        Progress progress = (Supplier<Progress.Step> step) -> {
            phases.add(step.get().phase());
            marks.add(Mark.now());
        };
        Mark start = Mark.now();
        try (KnowledgeFolder results = KnowledgeFolder.open(out)) {
            RunReport report = new MainJob(corpus, configuration, EvaluationOptions.of(RetrievalMode.FUSED))
                    .run(results, progress, Cancellation.never());
            Mark end = Mark.now();
            Mark ingested = marks.get(phases.indexOf("replay"));
            int evaluation = phases.indexOf("evaluate");
            Measured measured =
                    Measured.of(start, ingested, evaluation < 0 ? end : marks.get(evaluation), end, HEAP.bytes());
            var measures = report.toTree().at("/evaluation/measures");
            print(measures.path("nDCG@10").asDouble(), measures.path("MAP").asDouble());
            return measured;
        }
    }

    private static void print(double ndcg, double precision) {
        System.out.printf(Locale.ROOT, "nDCG@10 %.4f, MAP %.4f%n", ndcg, precision);
    }
}
