package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.DataSize;
import dev.geotherm.api.RateLimitSettings;
import dev.geotherm.api.streaming.ContentCodec;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they put and process fragments: no fragment is missing after its put has returned. */
final class JournalKillTest {
    private static final int PRODUCERS = 3;

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void kill_losesNoAcceptedFragment() throws Exception {
        killed(20, 1);
    }

    @Test
    @Tag("full")
    @Timeout(3_600)
    void kill_losesNoAcceptedFragmentAtManyMoments() throws Exception {
        killed(100, Long.getLong("geotherm.seed", 20_261_129));
    }

    /** Puts and processes fragments until it is killed, and prints a line for each that is accepted, and for each that is processed. */
    static final class Victim {
        public static void main(String[] arguments) {
            int round = Integer.parseInt(arguments[1]);
            LanePipelines pipelines = new LanePipelines(settings(round), ComponentContext.standalone("victim"));
            IngestionPipeline<String> pipeline = pipelines.open(spec(
                    Path.of(arguments[0]),
                    batch -> batch.fragments().forEach(one -> System.out.println("processed " + one.id() + " ."))));
            for (int producer = 0; producer < PRODUCERS; producer++) {
                String prefix = round + "-" + producer + "-";
                Priority priority = Priority.ofLevel(1 + 2 * producer);
                new Thread(() -> produce(pipeline, prefix, priority)).start();
            }
        }

        private static void produce(IngestionPipeline<String> pipeline, String prefix, Priority priority) {
            try {
                for (int i = 0; ; i++) {
                    List<Fragment<String>> group = new ArrayList<>();
                    for (int k = 0; k <= i % 3; k++) {
                        group.add(new Fragment<>(
                                prefix + i + "-" + k, "x".repeat(i % 700), priority, Instant.EPOCH, Map.of()));
                    }
                    pipeline.putAll(group);
                    group.forEach(one -> System.out.println("accepted " + one.id() + " ."));
                }
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        }
    }

    /** Some processes spill, some have a small journal, so that its files are deleted and moved all the time. */
    private static LanePipelinesSettings settings(int round) {
        return new LanePipelinesSettings(
                TestSettings.backpressure(round % 2 == 0 ? 20 : 200, 0, 0.8),
                TestSettings.batches(5, Duration.ofMinutes(5)),
                TestSettings.retries(0),
                new JournalSettings(true, round % 3 == 0, DataSize.parse(round % 4 == 0 ? "64KiB" : "8MiB")),
                1,
                false,
                true,
                RateLimitSettings.NONE,
                Duration.ofSeconds(60));
    }

    private static PipelineSpec<String> spec(Path folder, FragmentProcessor<String> processor) {
        return PipelineSpec.of("killed", processor).withJournal(folder, ContentCodec.text());
    }

    private void killed(int kills, long seed) throws Exception {
        Random random = new Random(seed);
        Set<String> accepted = ConcurrentHashMap.newKeySet();
        Set<String> processed = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < kills; round++) {
            kill(round, random.nextInt(round % 5 == 4 ? 3_000 : 300), accepted, processed);
        }
        try (LanePipelines pipelines = new LanePipelines(settings(1), ComponentContext.standalone("survivor"));
                IngestionPipeline<String> pipeline = pipelines.open(spec(
                        folder, batch -> batch.fragments().forEach(one -> processed.add(one.id()))))) {
            assertThat(pipeline.drain(Patience.limit())).isTrue();
        }
        assertThat(accepted).as("seed %s", seed).hasSizeGreaterThan(kills);
        assertThat(processed).as("seed %s", seed).containsAll(accepted);
    }

    private void kill(int round, int lines, Set<String> accepted, Set<String> processed) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString(),
                        String.valueOf(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = victim.inputReader()) {
            for (int i = 0; i <= lines; i++) {
                record(output, accepted, processed);
            }
            victim.toHandle().destroyForcibly(); // the process' own method also closes its streams
            while (record(output, accepted, processed)) {
                continue;
            }
        } finally {
            victim.destroyForcibly().waitFor();
        }
        assertThat(victim.exitValue()).as("killed").isEqualTo(128 + 9);
    }

    private static boolean record(BufferedReader output, Set<String> accepted, Set<String> processed)
            throws IOException {
        String line = output.readLine();
        if (line != null && line.endsWith(" .")) { // the last one can be incomplete
            String[] words = line.split(" ");
            (words[0].equals("accepted") ? accepted : processed).add(words[1]);
        }
        return line != null;
    }
}
