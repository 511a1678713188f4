package dev.geotherm.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.storage.FileSync;
import dev.geotherm.storage.RecordingChannel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The data that a commit has forced to disk when it returns. */
@Timeout(300)
class CommitForceTest {
    private static final LogOptions ONE_SEGMENT = new LogOptions(1 << 24, 0);

    @TempDir(factory = MemoryFolder.class)
    Path scratch;

    /** The size that the segment had when the last completed force started. */
    private final AtomicLong forced = new AtomicLong();

    private final ThreadLocal<Long> size = new ThreadLocal<>();

    private DiskFile disk(Path file) throws IOException {
        return new DiskFile(
                file,
                new FileSync(
                        file,
                        path -> new RecordingChannel(
                                FileChannel.open(path, StandardOpenOption.WRITE),
                                () -> size.set(Files.size(path)),
                                () -> forced.accumulateAndGet(size.get(), Math::max))));
    }

    @Test
    void commit_returnsOnlyAfterAForceThatCoversTheFrame() throws Exception {
        try (AppendLog log = AppendLog.open(scratch, Logs.HEADER, ONE_SEGMENT, this::disk)) {
            long header = Files.size(new LogFolder(scratch).segment(0));
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<?>> committers = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    committers.add(threads.submit(() -> {
                        for (int i = 0; i < 300; i++) {
                            String text = "x".repeat(i);
                            long position = Logs.append(log, "x" + text);
                            log.commit(position);
                            assertThat(forced.get())
                                    .isGreaterThanOrEqualTo(header + position + FrameHeader.SIZE + 1 + i);
                        }
                        return null;
                    }));
                }
                for (Future<?> each : committers) {
                    each.get();
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void close_forcesEveryFrame() throws IOException {
        long end;
        try (AppendLog log = AppendLog.open(scratch, Logs.HEADER, ONE_SEGMENT, this::disk)) {
            Logs.append(log, "one");
            Logs.append(log, "two");
            end = Files.size(new LogFolder(scratch).segment(0));
            assertThat(forced.get()).isLessThan(end);
        }
        assertThat(forced.get()).isEqualTo(end);
    }
}
