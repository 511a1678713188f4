package dev.geotherm.streaming;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.streaming.ContentCodec;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process that returns from its main method, or exits, while a pipeline has fragments. It prints what becomes of each one. */
final class ExitingProcess {
    static final int FRAGMENTS = 100;

    private ExitingProcess() {}

    /**
     * Runs it.
     *
     * @param arguments the close timeout; {@code late} for a processor that waits for the exit of the JVM, or {@code hung}; and {@code
     *     return} or {@code exit}; then a folder for a journal, or nothing
     */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = System.out;
        boolean hung = arguments[1].equals("hung");
        CountDownLatch exits = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(exits::countDown));
        LanePipelines pipelines = new LanePipelines(
                Settings.of(
                        LanePipelinesSettings.class,
                        Map.of(
                                "closeTimeout",
                                arguments[0],
                                "initialBatch",
                                "1",
                                "maxBatch",
                                "1",
                                "journal",
                                "" + (arguments.length > 3))),
                ComponentContext.standalone("exiting"));
        PipelineListener<String> listener = new PipelineListener<>() {
            @Override
            public void onDeadLetter(DeadLetter<String> letter) {
                out.println("dead " + letter.fragment().id());
            }
        };
        PipelineSpec<String> spec = PipelineSpec.<String>of("exiting", batch -> {
                    if (hung) {
                        new CountDownLatch(1).await();
                    }
                    exits.await();
                    out.println("processed " + batch.fragments().get(0).id());
                })
                .withListener(listener);
        IngestionPipeline<String> pipeline = pipelines.open(
                arguments.length > 3 ? spec.withJournal(Path.of(arguments[3]), ContentCodec.text()) : spec);
        for (int i = 0; i < FRAGMENTS; i++) {
            pipeline.put(new Fragment<>("f" + i, "text", Priority.NORMAL, Instant.EPOCH, Map.of()));
        }
        if (arguments[2].equals("exit")) {
            System.exit(7);
        }
    }
}
