package dev.geotherm.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One holder at a time, in this JVM and among processes. */
@Timeout(300)
class FolderLockTest {
    private static final String LOCK = ".lock";

    @TempDir
    Path folder;

    private FolderLockedException refusal(Path path) {
        return catchThrowableOfType(FolderLockedException.class, () -> FolderLock.acquire(path, LOCK));
    }

    /** Acquires the lock and waits to be killed; a second argument makes it release the lock first. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (FolderLock lock = FolderLock.acquire(Path.of(arguments[0]), LOCK)) {
                System.out.println("locked");
                if (arguments.length > 1) {
                    lock.close();
                    System.out.println("released");
                }
                Thread.currentThread().join();
            } catch (FolderLockedException refused) {
                System.out.println("refused");
            }
        }
    }

    @Test
    void acquire_twiceInOneProcessIsRefused() throws IOException {
        try (FolderLock lock = FolderLock.acquire(folder, LOCK)) {
            FolderLockedException refused = refusal(folder);
            assertThat(refused)
                    .hasMessageContainingAll("cannot lock the folder " + folder + ": this process (since ", "wait");
            LockHolder holder = refused.holder().orElseThrow();
            assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(holder.since()).isBetween(Instant.now().minus(Duration.ofMinutes(2)), Instant.now());
            assertThat(lock).isNotNull();
        }
        FolderLock.acquire(folder, LOCK).close();
    }

    @Test
    void acquire_byAnotherPathIsRefused() throws IOException {
        Path real = Files.createDirectories(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        try (FolderLock lock = FolderLock.acquire(link, LOCK)) {
            assertThat(refusal(real)).isNotNull();
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void acquire_whileAnotherProcessHoldsItNamesThatProcess() throws Exception {
        try (Child child = Child.start(Holder.class, folder)) {
            assertThat(child.line()).isEqualTo("locked");
            assertThat(refusal(folder)).hasMessageContaining("process " + child.pid() + " (since ");
            assertThat(refusal(folder).holder()).map(LockHolder::pid).hasValue(child.pid());
            child.kill();
            FolderLock.acquire(folder, LOCK).close();
        }
    }

    @Test
    void acquire_byAnotherProcessAfterARefusalHereIsStillRefused() throws Exception {
        try (FolderLock lock = FolderLock.acquire(folder, LOCK)) {
            assertThat(refusal(folder)).isNotNull(); // must not drop the lock of this process
            try (Child child = Child.start(Holder.class, folder)) {
                assertThat(child.line()).isEqualTo("refused");
            }
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void close_releasesTheLockForOtherProcessesAndKeepsTheFile() throws Exception {
        try (Child child = Child.start(Holder.class, folder, "release")) {
            assertThat(child.line()).isEqualTo("locked");
            assertThat(child.line()).isEqualTo("released");
            FolderLock lock = FolderLock.acquire(folder, LOCK);
            lock.close();
            lock.close();
            assertThat(folder.resolve(LOCK)).exists();
        }
    }

    @Test
    void deleteAndClose_leavesNothing() throws IOException {
        FolderLock lock = FolderLock.acquire(folder, LOCK);
        lock.deleteAndClose();
        lock.deleteAndClose();
        assertThat(folder).isEmptyDirectory();
        FolderLock.acquire(folder, LOCK).close();
    }

    @Test
    void deleteAndClose_afterCloseLeavesTheNextHolderAlone() throws IOException {
        FolderLock first = FolderLock.acquire(folder, LOCK);
        first.close();
        try (FolderLock second = FolderLock.acquire(folder, LOCK)) {
            first.deleteAndClose();
            first.close();
            assertThat(refusal(folder)).isNotNull();
            assertThat(folder.resolve(LOCK)).exists();
            assertThat(second).isNotNull();
        }
    }

    @Test
    void acquire_byManyThreadsSucceedsForOneAtATime() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger acquired = new AtomicInteger();
        Callable<Void> user = () -> {
            while (acquired.get() < 50) {
                try {
                    FolderLock lock = FolderLock.acquire(folder, LOCK);
                    assertThat(holders.incrementAndGet()).isEqualTo(1);
                    holders.decrementAndGet();
                    if (acquired.incrementAndGet() % 2 == 0) {
                        lock.deleteAndClose();
                    } else {
                        lock.close();
                    }
                } catch (FolderLockedException held) {
                    Thread.onSpinWait();
                }
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Void>> users = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                users.add(threads.submit(user));
            }
            for (Future<Void> each : users) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Acquires and deletes the lock many times, and reports whether it was always the only holder. */
    static final class Deleter {
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            Path inside = folder.resolve("inside");
            for (int acquired = 0; acquired < 1_000; ) {
                try {
                    FolderLock lock = FolderLock.acquire(folder, LOCK);
                    Files.createFile(inside);
                    Files.delete(inside);
                    lock.deleteAndClose();
                    acquired++;
                } catch (FolderLockedException held) {
                    Thread.onSpinWait();
                }
            }
            System.out.println("always alone");
        }
    }

    @Test
    void deleteAndClose_byProcessesThatTakeTurnsNeverLetsTwoIn() throws Exception {
        try (Child one = Child.start(Deleter.class, folder);
                Child two = Child.start(Deleter.class, folder)) {
            assertThat(one.line()).isEqualTo("always alone");
            assertThat(two.line()).isEqualTo("always alone");
        }
    }

    @Test
    void acquire_ofAMissingFolderFails() {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> FolderLock.acquire(folder.resolve("missing"), LOCK))
                .withMessage("cannot lock the folder " + folder.resolve("missing") + ": no such file ("
                        + folder.resolve("missing") + ")");
    }

    @Test
    void acquire_ignoresALineThatItDoesNotKnow() throws IOException {
        Files.writeString(
                folder.resolve(LOCK), "something else that is longer than any line of ours would ever be, by far");
        FolderLock.acquire(folder, LOCK).close();
        assertThat(folder.resolve(LOCK))
                .content()
                .startsWith(ProcessHandle.current().pid() + " ");
    }
}
