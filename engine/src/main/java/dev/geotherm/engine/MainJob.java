package dev.geotherm.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.cli.Json;
import dev.geotherm.cli.corpus.Corpus;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.runtime.Platform;
import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.FailureReason;
import dev.geotherm.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The main job: ingests a corpus, keeps and checks its deltas, evaluates retrieval, and says what everything did. */
public final class MainJob {
    private static final String DELTAS = "deltas.jsonl";
    private static final String STATE = "state.json";
    private static final String REPORT = "report.json";
    private static final String TELEMETRY = "telemetry.jsonl";
    private static final String DEAD_LETTERS = "dead-letters.jsonl";

    /** The report comes last: where it is, the others are of the same run. */
    private static final List<String> RESULTS =
            List.of(DELTAS, STATE, DEAD_LETTERS, TELEMETRY, RetrievalEvaluation.RUN, REPORT);

    private final Corpus corpus;
    private final Configuration configuration;
    private final Path out;
    private final RetrievalMode mode;
    private final boolean fresh;

    /**
     * Creates a job.
     *
     * @param corpus what is ingested
     * @param configuration the platform's
     * @param out the folder for the results
     * @param mode how queries are answered
     * @param fresh whether what an earlier run evaluated is thrown away
     */
    public MainJob(Corpus corpus, Configuration configuration, Path out, RetrievalMode mode, boolean fresh) {
        this.corpus = corpus;
        this.configuration = configuration;
        this.out = out;
        this.mode = mode;
        this.fresh = fresh;
    }

    /**
     * Runs the job once.
     *
     * @throws GeothermException if it fails, with what its user can do; nothing half-written is left, and what was
     *     evaluated can be resumed
     * @throws java.util.concurrent.CancellationException if it was asked to stop
     */
    public RunReport run(Progress progress, Cancellation cancellation) throws IOException, InterruptedException {
        Stopwatch watch = new Stopwatch();
        try (OutputFolder folder = OutputFolder.open(out);
                RunLog log = new RunLog(folder.file("geotherm.log"), configuration)) {
            try {
                return run(folder, watch, progress, cancellation);
            } catch (GeothermException | IllegalStateException failure) {
                log.failed(failure);
                throw failure;
            } catch (StorageException failure) {
                log.failed(failure);
                throw new GeothermException(failure.getMessage(), failure);
            } catch (IOException failure) {
                log.failed(failure);
                throw new GeothermException(
                        "cannot write the results to " + out + ": " + FailureReason.of(failure), failure);
            }
        }
    }

    private RunReport run(OutputFolder folder, Stopwatch watch, Progress progress, Cancellation cancellation)
            throws IOException, InterruptedException {
        Path work = folder.work().resolve("components");
        ObjectNode report;
        try (Platform platform = Platform.start(configuration, work)) {
            report = run(platform, folder, watch, progress, cancellation);
        }
        keepTelemetry(work, folder);
        try (AtomicFile file = AtomicFile.open(folder.draft(REPORT))) {
            file.out().write((Json.pretty(report) + "\n").getBytes(StandardCharsets.UTF_8));
            file.commit();
        }
        folder.publish(results(report));
        return new RunReport(report, folder.file(DEAD_LETTERS));
    }

    private ObjectNode run(
            Platform platform, OutputFolder folder, Stopwatch watch, Progress progress, Cancellation cancellation)
            throws IOException, InterruptedException {
        Ingestion ingestion = new Ingestion(corpus, platform, progress, cancellation);
        Ingestion.Result ingested = ingestion.run(folder.draft(DELTAS), folder.draft(DEAD_LETTERS));
        StateSnapshot last = platform.anchors().state().snapshot();
        try (AtomicFile file = AtomicFile.open(folder.draft(STATE))) {
            Json.MAPPER.writeValue(file.out(), last.toJson());
            file.commit();
        }
        watch.lap("ingest");

        progress.phase(() -> "replay " + DELTAS);
        long replayed = ReplayCheck.check(platform.differ(), folder.draft(DELTAS), folder.draft(STATE));
        watch.lap("replay");

        ObjectNode report = Json.MAPPER.createObjectNode();
        report.put("schemaVersion", 1).put("profile", configuration.profile().name());
        report.put("retrieve", mode.name().toLowerCase(Locale.ROOT))
                .put("out", folder.folder().toString());
        report.set("corpus", ingested.corpus());
        report.set("deltas", Json.MAPPER.valueToTree(ingested.deltas()));
        report.putObject("replay")
                .put("verified", replayed == ingested.deltas().revisions())
                .put("revisions", replayed)
                .put("fingerprint", last.fingerprint().toString());
        if (!corpus.queries().isEmpty() && !corpus.judgements().isEmpty()) {
            RetrievalEvaluation evaluation =
                    new RetrievalEvaluation(corpus, platform, mode, ingested.fingerprint(), fresh);
            report.set("evaluation", evaluation.run(folder, progress, cancellation));
        }
        watch.lap("evaluation");
        report.set("components", components(platform, ingested));
        report.set("seconds", watch.toJson());
        Memory memory = Memory.peak();
        ObjectNode used = report.putObject("memory").put("peakHeapBytes", memory.heapBytes());
        memory.residentBytes().ifPresent(bytes -> used.put("peakResidentBytes", bytes));
        return report;
    }

    private ObjectNode components(Platform platform, Ingestion.Result ingested) {
        ObjectNode components = Json.MAPPER.createObjectNode();
        for (ComponentKind kind : ComponentKind.values()) {
            ObjectNode component = components.putObject(kind.section());
            component.put("use", configuration.implementation(kind).name());
            component.set(
                    "metrics",
                    Json.MAPPER.valueToTree(
                            platform.component(kind.componentType()).metrics()));
        }
        // The pipeline and the pool of vectors are closed by now, and a component's metrics are of what is open.
        ((ObjectNode) components.get(ComponentKind.STREAMING.section())).set("metrics", ingested.pipeline());
        ((ObjectNode) components.at("/pool/metrics/pools")).set("vectors", ingested.vectors());
        ((ObjectNode) components.get(ComponentKind.ANCHORS.section()))
                .set("stability", Json.MAPPER.valueToTree(platform.anchors().stability()));
        return components;
    }

    /** The evaluator puts its output in place itself; without an evaluation, that of an earlier run has to go. */
    private static List<String> results(ObjectNode report) {
        if (report.has("evaluation")) {
            return RESULTS;
        }
        List<String> results = new ArrayList<>(RESULTS);
        results.add(0, RetrievalEvaluation.OUTPUT);
        return results;
    }

    private static void keepTelemetry(Path work, OutputFolder folder) throws IOException {
        Path exported = work.resolve(TELEMETRY);
        if (Files.exists(exported)) {
            Files.move(exported, folder.draft(TELEMETRY), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
