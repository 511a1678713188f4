package dev.geotherm.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.storage.log.AppendLog;
import dev.geotherm.storage.log.LogHeader;
import dev.geotherm.storage.log.LogOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Interrupted threads: every operation succeeds, and the thread stays interrupted. */
@Timeout(300) // only against hangs: a slow disk may take seconds for each step
class InterruptTest {
    private static final LogHeader HEADER = new LogHeader("GEOTESTS", 1, "");

    @TempDir
    Path scratch;

    @AfterEach
    void clearStatus() {
        Thread.interrupted();
    }

    /** Runs an operation on an interrupted thread. */
    private static void interrupted(Uninterruptible.Operation operation) throws IOException {
        Thread.currentThread().interrupt();
        operation.run();
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }

    @Test
    void atomicFile_replacesTheContent() throws IOException {
        Path file = Files.writeString(scratch.resolve("state"), "old");
        interrupted(() -> AtomicFile.write(file, "new".getBytes()));
        assertThat(file).hasContent("new");
    }

    @Test
    void durableFiles_moveAndDelete() throws IOException {
        Path to = scratch.resolve("a/b");
        interrupted(() -> DurableFiles.createFolders(to));
        Files.writeString(scratch.resolve("one"), "1");
        interrupted(() -> DurableFiles.publish(scratch, to, List.of("one")));
        assertThat(to.resolve("one")).hasContent("1");
        interrupted(() -> DurableFiles.delete(to.resolve("one")));
        interrupted(() -> DurableFiles.deleteTree(scratch.resolve("a")));
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void folderLock_isAcquiredAndReleased() throws IOException {
        interrupted(() -> FolderLock.acquire(scratch, "lock").close());
        interrupted(() -> FolderLock.acquire(scratch, "lock").deleteAndClose());
        assertThat(scratch).isEmptyDirectory();
        FolderLock.acquire(scratch, "lock").close();
    }

    @Test
    void appendLog_isOpenedUsedAndClosed() throws IOException {
        Path folder = scratch.resolve("log");
        interrupted(() -> {
            try (AppendLog log = AppendLog.open(folder, HEADER, new LogOptions(1024, 0))) {
                for (int i = 0; i < 20; i++) {
                    log.commit(log.append(ByteBuffer.allocate(200)));
                }
                log.trim(log.end());
            }
        });
        interrupted(() -> AppendLog.open(folder, HEADER, LogOptions.defaults()).deleteAndClose());
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void operation_isRepeatedWhereNoInterruptReachesIt() throws IOException {
        List<Thread> threads = new ArrayList<>();
        Uninterruptible.run(() -> {
            threads.add(Thread.currentThread());
            if (threads.size() == 1) {
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
            }
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(threads).hasSize(2).doesNotHaveDuplicates().first().isEqualTo(Thread.currentThread());
    }

    @Test
    void operation_thatFailsAfterAnInterruptIsAFailure() {
        AtomicInteger attempts = new AtomicInteger();
        assertThatThrownBy(() -> Uninterruptible.run(() -> {
                    attempts.incrementAndGet();
                    Thread.currentThread().interrupt();
                    throw new FileSystemException("disk", null, "No space left on device");
                }))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("No space left");
        assertThat(attempts).hasValue(2);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void interruptsAtAnyTime_changeNothing() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread victim = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            while (!done.get()) {
                victim.interrupt();
            }
        });
        interrupter.start();
        try {
            for (int i = 0; i < 20; i++) {
                AtomicFile.write(scratch.resolve("state"), new byte[i]);
                assertThat(scratch.resolve("state")).hasSize(i);
                FolderLock.acquire(scratch, "lock").close();
                FolderLock.acquire(scratch, "lock").deleteAndClose();
            }
        } finally {
            done.set(true);
            joinUninterruptibly(interrupter);
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        while (thread.isAlive()) {
            Thread.interrupted();
            Thread.onSpinWait();
        }
    }
}
