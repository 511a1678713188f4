package dev.geotherm.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A repeatedly replaced file is complete whenever its writer is killed. */
@Timeout(300)
class AtomicFileKillTest {
    private static final int LINES = 20_000;

    @TempDir
    Path scratch;

    /** Replaces a file with one version after another, and prints each version. */
    static final class Writer {
        public static void main(String[] arguments) throws IOException {
            Path target = Path.of(arguments[0]);
            for (int version = Integer.parseInt(arguments[1]); ; version++) {
                try (AtomicFile file = AtomicFile.open(target)) {
                    write(version, file.out());
                    file.commit();
                }
                System.out.println(version);
            }
        }

        private static void write(int version, OutputStream out) throws IOException {
            byte[] line = (version + "\n").getBytes();
            for (int i = 0; i < LINES; i++) {
                out.write(line);
            }
        }
    }

    @Test
    void kill_leavesACompleteFile() throws Exception {
        Seeds.run(3, this::killOnce);
    }

    @Test
    @Tag("full")
    void kill_leavesACompleteFileManyTimes() throws Exception {
        Seeds.run(60, this::killOnce);
    }

    private void killOnce(Random random) throws Exception {
        Path folder = Files.createTempDirectory(scratch, "killed");
        Path target = folder.resolve("state");
        int next = 0;
        for (int kill = 1; kill <= 2; kill++) {
            int committed = next - 1;
            try (Child child = Child.start(Writer.class, target, next)) {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    committed = Integer.parseInt(child.line());
                }
                busyWait(random.nextInt(5_000_000));
                List<String> rest = child.kill();
                committed = rest.isEmpty() ? committed : Integer.parseInt(rest.get(rest.size() - 1));
            }
            List<String> lines = Files.readAllLines(target);
            assertThat(lines).hasSize(LINES);
            Set<String> versions = lines.stream().collect(Collectors.toSet());
            assertThat(versions).hasSize(1);
            next = Integer.parseInt(versions.iterator().next()) + 1;
            assertThat(next - 1).isBetween(committed, committed + 1);
            try (var files = Files.list(folder)) {
                List<Path> leftovers =
                        files.filter(file -> !file.equals(target)).toList();
                assertThat(leftovers).hasSizeLessThanOrEqualTo(kill).allMatch(AtomicFile::isDraft);
            }
        }
    }

    /** Busy, because sleeping is too coarse: the kill must fall between two lines of the child. */
    private static void busyWait(int nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
