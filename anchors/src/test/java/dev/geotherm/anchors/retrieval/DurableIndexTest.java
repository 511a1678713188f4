package dev.geotherm.anchors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.testkit.SmallDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a durable index is after its process was killed, and on a full disk. */
@Timeout(900) // a guard against hanging
final class DurableIndexTest {
    @TempDir
    private Path scratch;

    private LuceneIndexes indexes;

    @BeforeEach
    void open() {
        indexes = new LuceneIndexes(
                Settings.defaults(LuceneIndexesSettings.class),
                ComponentContext.standalone("durable").withWorkDirectory(scratch.resolve("work")));
    }

    @AfterEach
    void close() {
        indexes.close();
    }

    @Test
    void kill_leavesTheLastCommit() throws Exception {
        killRepeatedly(2, 4);
    }

    @Test
    @Tag("full")
    void kill_atManyRandomMomentsLeavesTheLastCommit() throws Exception {
        killRepeatedly(60, 12);
    }

    /** Lets a process write to the same folder again and again, each time until it is killed after a few commits. */
    private void killRepeatedly(int rounds, int mostCommits) throws Exception {
        Path folder = scratch.resolve("index");
        Random random = new Random(rounds);
        for (int round = 0; round < rounds; round++) {
            int acknowledged = runAndKill(folder, 1 + random.nextInt(mostCommits), random);
            try (PassageIndex index = indexes.open("survivor", folder)) {
                int step = KilledWriter.step(index);
                assertThat(step).as("nothing acknowledged is lost").isBetween(acknowledged, acknowledged + 1);
                assertThat(KilledWriter.state(index)).as("step %s", step).isEqualTo(KilledWriter.state(step));
                index.verify();
            }
        }
    }

    /** Returns the last step that the process reported as committed. */
    private static int runAndKill(Path folder, int commits, Random random) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString())
                .redirectError(Redirect.DISCARD)
                .start();
        int last = -1;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int seen = -1;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
                if (++seen == commits) {
                    for (int spins = random.nextInt(400_000); spins > 0; spins--) {
                        Thread.onSpinWait(); // so that it is not always killed right after a commit
                    }
                    process.toHandle().destroyForcibly(); // and the rest of its output is read
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(last).as("the process was never ready").isNotNegative();
        return last;
    }

    @Test
    void open_ofANewFolderByTwoAtOnceLosesNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20; round++) {
                Path folder = scratch.resolve("new-" + round);
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<?>> writers = new ArrayList<>();
                for (int writer = 0; writer < 2; writer++) {
                    int step = writer;
                    writers.add(threads.submit(() -> {
                        together.await();
                        writeOnceFree(folder, step);
                        return null;
                    }));
                }
                for (Future<?> writer : writers) {
                    writer.get();
                }
                try (PassageIndex index = indexes.open("written", folder)) {
                    assertThat(index.size()).isEqualTo(20);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Commits passages as soon as no other index uses the folder. */
    private void writeOnceFree(Path folder, int step) {
        while (true) {
            try (PassageIndex index = indexes.open("writer-" + step, folder)) {
                index.index(passages(step));
                index.commit("" + step);
                return;
            } catch (GeothermException inUse) {
                assertThat(inUse).hasMessageContaining("another index uses the folder");
            }
        }
    }

    @Test
    void fullDisk_losesNothingCommitted() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(scratch.resolve("disk"), 2_000)) {
            Path folder = disk.folder().resolve("index");
            try (PassageIndex index = indexes.open("full", folder)) {
                for (int step = 0; step <= 3; step++) {
                    index.index(passages(step));
                    index.commit("" + step);
                }
                Path ballast = disk.fill("ballast");
                assertThatExceptionOfType(GeothermException.class)
                        .isThrownBy(() -> {
                            index.index(passages(4));
                            index.commit("4");
                        })
                        .withMessageContaining(folder.toString());
                assertThat(index.marker()).contains("3");
                Files.delete(ballast);
            }
            try (PassageIndex index = indexes.open("full", folder)) {
                assertThat(index.marker()).contains("3");
                assertThat(index.size()).isEqualTo(40);
                index.verify();
                index.index(passages(4));
                index.commit("4");
                index.refresh();
                assertThat(index.size()).isEqualTo(50);
            }
        }
    }

    @Test
    void fullDisk_openingIsRefusedAndCanBeRepeated() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(scratch.resolve("disk"), 200)) {
            Path folder = disk.folder().resolve("index");
            Path ballast = disk.fill("ballast");
            assertThatThrownBy(() -> indexes.open("full", folder))
                    .isInstanceOf(GeothermException.class)
                    .hasMessageContaining(folder.toString());
            Files.delete(ballast);
            try (PassageIndex index = indexes.open("full", folder)) {
                assertThat(index.marker()).isEmpty();
            }
        }
    }

    private static List<Passage> passages(int step) {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String text = "apple " + step + " " + i;
            passages.add(new Passage(
                    step + "#" + i, "doc", "", text, 0, text.length(), Instant.EPOCH, null, new float[] {step + 1, i}));
        }
        return passages;
    }
}
