package dev.geotherm.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.storage.Child;
import dev.geotherm.storage.FolderLockedException;
import dev.geotherm.storage.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log loses nothing acknowledged, no matter when its process is killed, and the next process continues it. */
@Timeout(300)
class LogKillTest {
    private static final int THREADS = 3;
    private static final LogOptions OPTIONS = new LogOptions(4_096, 1_024);

    @TempDir(factory = MemoryFolder.class)
    Path scratch;

    /** Appends numbers from several threads, and prints each once it is appended or committed. */
    static final class Writer {
        public static void main(String[] arguments) throws Exception {
            AppendLog log = AppendLog.open(Path.of(arguments[0]), Logs.HEADER, OPTIONS);
            boolean commits = Boolean.parseBoolean(arguments[1]);
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                int first = Integer.parseInt(arguments[2 + i]);
                new Thread(() -> write(log, thread, first, commits)).start();
            }
        }

        private static void write(AppendLog log, int thread, int first, boolean commits) {
            try {
                for (int number = first; ; number++) {
                    long position = log.append(payload(thread, number));
                    if (commits) {
                        log.commit(position);
                    }
                    System.out.println(thread + " " + number);
                }
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    /** A payload with a length and content that are determined by its number. */
    private static ByteBuffer payload(int thread, int number) {
        ByteBuffer payload = ByteBuffer.allocate(8 + new Random(number).nextInt(number % 50 == 0 ? 9_000 : 90));
        payload.putInt(thread).putInt(number);
        while (payload.hasRemaining()) {
            payload.put((byte) number);
        }
        return payload.flip();
    }

    @Test
    void kill_losesNothingThatWasAcknowledged() throws Exception {
        Seeds.run(2, random -> killAndResume(random, 2));
    }

    @Test
    @Tag("full")
    void kill_losesNothingThatWasAcknowledgedManyTimes() throws Exception {
        Seeds.run(20, random -> killAndResume(random, 5));
    }

    /** Opens a new log and deletes it, many times; reports whether it was always new. */
    static final class Deleter {
        public static void main(String[] arguments) throws Exception {
            for (int opened = 0; opened < 300; ) {
                try {
                    AppendLog log = AppendLog.open(Path.of(arguments[0]), Logs.HEADER, OPTIONS);
                    if (log.end() > 0) {
                        throw new IllegalStateException("the log of the other process was found");
                    }
                    log.append(payload(0, opened));
                    log.deleteAndClose();
                    opened++;
                } catch (FolderLockedException held) {
                    Thread.onSpinWait();
                }
            }
            System.out.println("always new");
        }
    }

    @Test
    void deleteAndClose_byProcessesThatTakeTurnsLeavesANewLogToEach() throws Exception {
        Path folder = scratch.resolve("log");
        try (Child one = Child.start(Deleter.class, folder);
                Child two = Child.start(Deleter.class, folder)) {
            assertThat(one.line()).isEqualTo("always new");
            assertThat(two.line()).isEqualTo("always new");
        }
        assertThat(folder).doesNotExist();
    }

    private void killAndResume(Random random, int kills) throws Exception {
        Path folder = Files.createTempDirectory(scratch, "killed");
        int[] next = new int[THREADS];
        for (int kill = 0; kill < kills; kill++) {
            int[] acknowledged = next.clone();
            try (Child child = Child.start(Writer.class, folder, random.nextBoolean(), next[0], next[1], next[2])) {
                for (int i = random.nextInt(300); i >= 0; i--) {
                    acknowledge(child.line(), acknowledged);
                }
                List<String> rest = child.kill();
                rest.forEach(line -> acknowledge(line, acknowledged));
            }
            next = check(folder);
            for (int i = 0; i < THREADS; i++) {
                assertThat(next[i]).as("numbers of thread %s", i).isGreaterThanOrEqualTo(acknowledged[i]);
            }
        }
    }

    private static void acknowledge(String line, int[] acknowledged) {
        String[] parts = line.split(" ");
        if (parts.length == 2 && line.matches("[0-2] [0-9]+")) { // the last line may be truncated to a smaller number
            int thread = Integer.parseInt(parts[0]);
            acknowledged[thread] = Math.max(acknowledged[thread], Integer.parseInt(parts[1]) + 1);
        }
    }

    /** Reads the log and returns the number of entries of each thread. */
    private static int[] check(Path folder) throws IOException {
        int[] next = new int[THREADS];
        try (AppendLog log = AppendLog.open(folder, Logs.HEADER, OPTIONS);
                LogReader reader = log.reader()) {
            while (reader.next()) {
                int thread = reader.payload().getInt(0);
                assertThat(reader.payload()).isEqualTo(payload(thread, next[thread]));
                next[thread]++;
            }
        }
        return next;
    }
}
