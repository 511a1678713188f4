package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.profiles.runtime.Platform;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they rebuild or compact: the next one ends in what an undisturbed one gives. */
class KilledMaintenanceTest {
    private static final List<Integer> DIMENSIONS = List.of(64, 32);

    @TempDir
    Path scratch;

    @Test
    @Timeout(300)
    void kill_whileItRebuildsOrCompacts() throws Exception {
        killed(2, 3);
    }

    @Test
    @Tag("full")
    @Timeout(3_600)
    void kill_atManyMomentsOfARebuildOrACompaction() throws Exception {
        killed(100, Long.getLong("geotherm.seed", 20_261_129));
    }

    private void killed(int rounds, long seed) throws Exception {
        Random random = new Random(seed);
        Map<Integer, StoredKnowledge> expected = new HashMap<>();
        for (int dimension : DIMENSIONS) {
            expected.put(dimension, undisturbed(scratch.resolve("undisturbed-" + dimension), dimension));
        }
        Path folder = scratch.resolve("knowledge");
        undisturbed(folder, DIMENSIONS.get(0));
        for (int round = 0; round < rounds; round++) {
            boolean rebuilds = round % 2 == 0;
            int dimension = DIMENSIONS.get((round / 2 + 1) % 2); // a rebuild changes it, the next compaction keeps it
            runAndKill(folder, dimension, rebuilds ? "rebuild" : "compact", random);
            try (Platform platform = KilledMaintenance.start(scratch.resolve("work" + round), dimension);
                    Knowledge knowledge = Knowledge.open(platform, folder)) {
                requireSound(knowledge, round, seed);
                if (rebuilds) {
                    KilledMaintenance.rebuild(knowledge);
                    requireSound(knowledge, round, seed);
                }
                assertThat(StoredKnowledge.of(knowledge))
                        .as("round %d, seed %d", round, seed)
                        .isEqualTo(expected.get(dimension));
            }
        }
    }

    private static void requireSound(Knowledge knowledge, int round, long seed) {
        assertThat(knowledge.verify(Progress.none(), Cancellation.never()).problems())
                .as("round %d, seed %d", round, seed)
                .isEmpty();
    }

    private StoredKnowledge undisturbed(Path folder, int dimension) throws Exception {
        try (Platform platform = KilledMaintenance.start(scratch.resolve("work-undisturbed"), dimension);
                Knowledge knowledge = Knowledge.open(platform, folder)) {
            for (String source : List.of("a", "b")) {
                knowledge.ingest(KilledMaintenance.corpus(source), Progress.none(), Cancellation.never());
            }
            return StoredKnowledge.of(knowledge);
        }
    }

    private void runAndKill(Path folder, int dimension, String what, Random random) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledMaintenance.class.getName(),
                        folder.toString(),
                        scratch.resolve("child").toString(),
                        String.valueOf(dimension),
                        what)
                .redirectError(Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.equals(KilledMaintenance.READY)) {
                line = out.readLine(); // the log
            }
            assertThat(line).as("the process was never ready").isNotNull();
            for (int spins = random.nextInt(30_000_000); spins > 0; spins--) {
                Thread.onSpinWait(); // so that it is killed at any moment
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
