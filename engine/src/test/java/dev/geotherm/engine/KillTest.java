package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.engine.corpus.Document;
import dev.geotherm.engine.ledger.Hash128;
import dev.geotherm.engine.ledger.LedgerEntry;
import dev.geotherm.profiles.runtime.Platform;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they ingest, change, remove and compact: nothing is lost, and nothing is there twice. */
class KillTest {
    @TempDir
    Path scratch;

    @Test
    @Timeout(600)
    void kill_leavesTheLastCommitAndTheNextProcessGoesOn() throws Exception {
        killed(3, 5);
    }

    @Test
    @Tag("full")
    @Timeout(3_600)
    void kill_atManyMoments() throws Exception {
        killed(100, Long.getLong("geotherm.seed", 20_261_129));
    }

    private void killed(int rounds, long seed) throws Exception {
        Random random = new Random(seed);
        Path folder = scratch.resolve("knowledge");
        int step = -1;
        for (int round = 0; round < rounds; round++) {
            step = runAndKill(folder, step + 1, random);
            try (Platform platform = TestPlatform.start(scratch.resolve("work" + round));
                    Knowledge knowledge = Knowledge.open(platform, folder)) {
                assertThat(knowledge
                                .verify(Progress.none(), Cancellation.never())
                                .problems())
                        .as("round %d, seed %d, after step %d", round, seed, step)
                        .isEmpty();
                requireBetween(step, step + 1, StoredKnowledge.of(knowledge).documents());
                if (round == rounds - 1) {
                    requireSameAsUndisturbed(knowledge, step);
                }
            }
        }
    }

    /** Checks that nothing of a completed step is lost, and that there is nothing but of that and the next step. */
    private static void requireBetween(int done, int next, Map<String, LedgerEntry> stored) {
        Map<String, Document> before = KilledKnowledge.documents(done);
        Map<String, Document> after = KilledKnowledge.documents(next);
        before.forEach((id, document) -> {
            if (document.equals(after.get(id))) {
                assertThat(stored).as("step %d", done).containsKey(id);
                assertThat(stored.get(id).content()).isEqualTo(DocumentComparison.content(document));
            }
        });
        stored.forEach((id, entry) -> {
            Hash128 content = entry.content();
            assertThat(content.equals(Hash128.NONE)
                            || isContent(content, before.get(id))
                            || isContent(content, after.get(id)))
                    .as("%s after step %d", id, done)
                    .isTrue();
        });
    }

    private static boolean isContent(Hash128 content, Document document) {
        return document != null && content.equals(DocumentComparison.content(document));
    }

    /** Ingests both sources once more, and compares the result with that of a run that was never killed. */
    private void requireSameAsUndisturbed(Knowledge killed, int step) throws Exception {
        Path fresh = scratch.resolve("undisturbed");
        StoredKnowledge expected;
        int last = step + 2;
        for (int next = step + 1; next <= last; next++) {
            KilledKnowledge.run(killed, next);
        }
        StoredKnowledge ended = StoredKnowledge.of(killed);
        killed.close();
        try (Platform platform = TestPlatform.start(scratch.resolve("work-undisturbed"));
                Knowledge knowledge = Knowledge.open(platform, fresh)) {
            for (int each = Math.max(0, last - 4); each <= last; each++) {
                KilledKnowledge.run(knowledge, each);
            }
            expected = StoredKnowledge.of(knowledge);
        }
        assertThat(ended).isEqualTo(expected);
    }

    /** Returns the last step that the process reported as complete. */
    private int runAndKill(Path folder, int step, Random random) throws Exception {
        Files.createDirectories(scratch);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledKnowledge.class.getName(),
                        folder.toString(),
                        scratch.resolve("child").toString(),
                        String.valueOf(step))
                .redirectError(Redirect.DISCARD)
                .start();
        int steps = 1 + random.nextInt(4);
        int last = Integer.MIN_VALUE;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (!line.startsWith("step ")) {
                    continue; // the log
                }
                last = Integer.parseInt(line.substring("step ".length()));
                if (last == step + steps - 2) {
                    for (int spins = random.nextInt(4_000_000); spins > 0; spins--) {
                        Thread.onSpinWait(); // so that it is killed within the next step
                    }
                    process.toHandle().destroyForcibly(); // and the rest of its output is read
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(last).as("the process was never ready").isNotEqualTo(Integer.MIN_VALUE);
        return last;
    }
}
