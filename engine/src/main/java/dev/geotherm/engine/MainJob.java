package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.engine.corpus.Corpus;
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
import java.time.Duration;

/**
 * The main job. It starts a platform, ingests a corpus, checks the deltas, evaluates retrieval if the corpus has queries and
 * judgements, and publishes the results with a report.
 *
 * @param corpus the corpus
 * @param configuration the configuration of the platform
 * @param options the options of the evaluation
 * @param opened the time taken to open the corpus, for the report
 */
public record MainJob(Corpus corpus, Configuration configuration, EvaluationOptions options, Duration opened) {

    /** Creates a job that does not report the opening time of its corpus. */
    public MainJob(Corpus corpus, Configuration configuration, EvaluationOptions options) {
        this(corpus, configuration, options, Duration.ZERO);
    }

    /**
     * Runs the job once.
     *
     * @param folder the folder for the results; the caller closes it
     * @throws GeothermException if the job fails; it leaves no partial results, and the evaluation can be resumed
     * @throws java.util.concurrent.CancellationException if the job was cancelled
     */
    public RunReport run(KnowledgeFolder folder, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        try {
            return runIn(folder, progress, cancellation);
        } catch (StorageException failure) {
            throw new GeothermException(failure.getMessage(), failure);
        } catch (IOException failure) {
            throw new GeothermException(
                    "cannot write the results to " + folder.path() + ": " + FailureReason.of(failure), failure);
        }
    }

    private RunReport runIn(KnowledgeFolder folder, Progress progress, Cancellation cancellation)
            throws IOException, InterruptedException {
        Stopwatch watch = new Stopwatch();
        watch.started("check", opened);
        Path work = folder.work().resolve("components");
        RunReport report;
        try (Platform platform = Platform.start(configuration, work);
                HeapPeak heap = new HeapPeak(platform.context("engine").scheduler());
                Knowledge knowledge = KnowledgeFactory.temporary(platform, folder)) {
            RunReport.Builder results = new RunReport.Builder(this, folder, platform);
            results.ingestion(knowledge.ingest(corpus, progress, cancellation));
            watch.lap("ingest");
            results.replay(knowledge.save(progress), knowledge.deltas());
            watch.lap("replay");
            if (!corpus.queries().isEmpty() && !corpus.judgements().isEmpty()) {
                results.evaluation(knowledge.evaluate(corpus, options, progress, cancellation));
            }
            watch.lap("evaluation");
            report = results.build(platform, watch, heap);
        }
        progress.begin(() -> new Progress.Step("write the results", "", 0, 0, 0, ""));
        publish(folder, work, report);
        return report;
    }

    private static void publish(KnowledgeFolder folder, Path work, RunReport report) throws IOException {
        Path exported = work.resolve(KnowledgeFolder.TELEMETRY);
        if (Files.exists(exported)) {
            Files.move(exported, folder.draft(KnowledgeFolder.TELEMETRY), StandardCopyOption.REPLACE_EXISTING);
        }
        try (AtomicFile file = AtomicFile.open(folder.draft(KnowledgeFolder.REPORT))) {
            file.out().write((report.json() + "\n").getBytes(StandardCharsets.UTF_8));
            file.commit();
        }
        folder.publish();
    }
}
