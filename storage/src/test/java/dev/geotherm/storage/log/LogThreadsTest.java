package dev.geotherm.storage.log;

import static dev.geotherm.storage.log.Logs.append;
import static dev.geotherm.storage.log.Logs.open;
import static dev.geotherm.storage.log.Logs.read;
import static dev.geotherm.storage.log.Logs.rest;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many threads that append to one log, commit, read, and are interrupted. */
@Timeout(300)
class LogThreadsTest {
    private static final int THREADS = 8;

    @TempDir(factory = MemoryFolder.class)
    Path scratch;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private List<Future<Void>> start(Callable<Void> task, int count) {
        List<Future<Void>> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(threads.submit(task));
        }
        return started;
    }

    private static void await(List<Future<Void>> tasks) throws Exception {
        for (Future<Void> task : tasks) {
            task.get();
        }
    }

    @Test
    void append_byManyThreadsKeepsEveryPayloadOnceInTheOrderOfPositions() throws Exception {
        ConcurrentSkipListMap<Long, String> expected = new ConcurrentSkipListMap<>();
        AtomicInteger names = new AtomicInteger();
        try (AppendLog log = open(scratch)) {
            await(start(
                    () -> {
                        int thread = names.incrementAndGet();
                        for (int i = 0; i < 500; i++) {
                            String text = thread + "-" + i + "x".repeat(i % 50);
                            long position = append(log, text);
                            assertThat(expected.put(position, text)).isNull();
                            if (i % 20 == 0) {
                                log.commit(position);
                            }
                        }
                        return null;
                    },
                    THREADS));
            assertThat(read(log)).containsExactlyElementsOf(expected.values());
        }
        try (AppendLog log = open(scratch)) {
            assertThat(read(log)).containsExactlyElementsOf(expected.values());
        }
    }

    @Test
    void commit_ofManyThreadsSharesAForceDuringWhichTheOthersAppend() throws Exception {
        AtomicInteger forces = new AtomicInteger();
        CountDownLatch forcing = new CountDownLatch(1);
        CountDownLatch appended = new CountDownLatch(THREADS);
        AtomicBoolean armed = new AtomicBoolean();
        AppendLog.Disk disk = file -> new DiskFile(file) {
            @Override
            void force() throws IOException {
                forces.incrementAndGet();
                if (armed.getAndSet(false)) {
                    forcing.countDown();
                    awaitQuietly(appended);
                }
                super.force();
            }
        };
        try (AppendLog log = AppendLog.open(scratch, Logs.HEADER, LogOptions.defaults(), disk)) {
            forces.set(0);
            armed.set(true);
            long first = append(log, "first");
            Future<Void> leader = threads.submit(() -> {
                log.commit(first);
                return null;
            });
            forcing.await();
            await(start(
                    () -> {
                        long position = append(log, "another");
                        appended.countDown();
                        log.commit(position);
                        return null;
                    },
                    THREADS));
            leader.get();
            assertThat(forces.get()).as("one for the first, one for all others").isEqualTo(2);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void append_andCommitByInterruptedThreadsSucceed() throws Exception {
        AtomicInteger appended = new AtomicInteger();
        try (AppendLog log = open(scratch)) {
            await(start(
                    () -> {
                        for (int i = 0; i < 60; i++) {
                            Thread.currentThread().interrupt();
                            log.commit(append(log, "text " + i + "x".repeat(100)));
                            appended.incrementAndGet();
                            assertThat(Thread.interrupted())
                                    .as("stays interrupted")
                                    .isTrue();
                        }
                        return null;
                    },
                    THREADS / 2));
            assertThat(read(log)).hasSize(appended.get());
        }
    }

    @Test
    void append_survivesInterruptsAtAnyMoment() throws Exception {
        AtomicInteger appended = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        try (AppendLog log = open(scratch)) {
            List<Thread> victims = new ArrayList<>();
            List<Throwable> failures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Thread victim = new Thread(() -> {
                    try {
                        for (int j = 0; j < 200; j++) {
                            log.commit(append(log, "text " + j + "x".repeat(100)));
                            appended.incrementAndGet();
                        }
                    } catch (IOException | RuntimeException failed) {
                        synchronized (failures) {
                            failures.add(failed);
                        }
                    }
                });
                victims.add(victim);
                victim.start();
            }
            Future<Void> interrupter = threads.submit(() -> {
                while (!done.get()) {
                    victims.forEach(Thread::interrupt);
                    Thread.onSpinWait();
                }
                return null;
            });
            for (Thread victim : victims) {
                victim.join();
            }
            done.set(true);
            interrupter.get();
            assertThat(failures).isEmpty();
            assertThat(read(log)).hasSize(600).hasSize(appended.get());
        }
    }

    @Test
    void reader_followsWhileOthersAppendAndTrim() throws Exception {
        int count = 2_000;
        try (AppendLog log = open(scratch)) {
            Future<List<String>> followed = threads.submit(() -> {
                List<String> texts = new ArrayList<>();
                try (LogReader reader = log.reader()) {
                    while (texts.size() < count) {
                        texts.addAll(rest(reader));
                        log.trim(reader.position());
                    }
                }
                return texts;
            });
            AtomicInteger next = new AtomicInteger();
            await(start(
                    () -> {
                        for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                            append(log, Integer.toString(i));
                        }
                        return null;
                    },
                    2));
            assertThat(followed.get()).hasSize(count).doesNotHaveDuplicates();
            assertThat(new LogFolder(scratch).segments()).hasSizeLessThan(3);
        }
    }

    @Test
    void close_whileOthersCommitCommitsForThem() throws Exception {
        AppendLog log = open(scratch);
        CountDownLatch appended = new CountDownLatch(THREADS);
        List<Future<Void>> committers = start(
                () -> {
                    long position = append(log, "text");
                    appended.countDown();
                    log.commit(position);
                    return null;
                },
                THREADS);
        appended.await();
        log.close();
        await(committers);
        try (AppendLog again = open(scratch)) {
            assertThat(read(again)).hasSize(THREADS);
        }
    }
}
