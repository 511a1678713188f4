package dev.geotherm.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.UnavailableException;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.ContentCodec;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.DeadLetters;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.api.streaming.RefusedException;
import dev.geotherm.streaming.LanePipelines;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * A run of producers, a processor that fails, new settings, pauses, stops and crashes, all drawn from a seed. Which thread is first is not
 * drawn: a run checks what must hold in any case.
 *
 * <p>A crash is a copy of the journal, with which the next pipeline goes on; what the old pipeline does after that is ignored.
 */
final class PipelineModel {
    private static final int PRODUCERS = 3;
    private static final int KEYS_EACH = 3;
    private static final Duration SHORT = Duration.ofMillis(1);

    private final Random random;
    private final Path folder;
    private final int fragments;
    private final int steps;
    private final ModelPlan plan;
    private final long seed;
    private final SettableClock clock = new SettableClock();
    private final DeadLetters<String> letters = DeadLetters.inMemory(100_000);
    private final Map<String, Fragment<String>> accepted = new ConcurrentHashMap<>();
    private final List<ModelBooks> books = new ArrayList<>();

    /** Shared by processors and listeners; a crash excludes them. */
    private final ReadWriteLock processing = new ReentrantReadWriteLock();

    /** Shared by producers inside the pipeline. */
    private final ReadWriteLock producing = new ReentrantReadWriteLock();

    private final Object opening = new Object();
    private int folders;
    private Path journal;
    private volatile Open current;
    private volatile boolean over;

    /** An open pipeline. */
    private final class Open implements PipelineListener<String> {
        final LanePipelines component;
        final IngestionPipeline<String> pipeline;
        final ModelBooks record = new ModelBooks(plan);
        volatile boolean crashed;

        Open() {
            component = new LanePipelines(
                    plan.settings(random, random.nextBoolean()),
                    ComponentContext.standalone("model").withClock(clock));
            PipelineSpec<String> spec = PipelineSpec.of("model", this::process)
                    .withListener(this)
                    .withDeadLetters(letters)
                    .withoutCloseAtExit();
            spec = plan.folder() ? spec.withJournal(journal, ContentCodec.text()) : spec;
            spec = plan.keys() ? spec.withKey(ModelFragments::key) : spec;
            spec = plan.duplicates() ? spec.withoutDuplicates(SHORT, 1 + random.nextInt(100)) : spec;
            pipeline = component.open(spec);
        }

        private void process(Batch<String> batch) throws Exception {
            processing.readLock().lock();
            try {
                if (!crashed) {
                    List<Fragment<String>> all = List.copyOf(batch.fragments());
                    all.forEach(record::enter);
                    try {
                        work(batch, all, record);
                    } finally {
                        all.forEach(record::exit);
                    }
                }
            } finally {
                processing.readLock().unlock();
            }
        }

        @Override
        public void onDeadLetter(DeadLetter<String> letter) {
            processing.readLock().lock();
            try {
                if (!crashed) {
                    record.onDeadLetter(letter);
                }
            } finally {
                processing.readLock().unlock();
            }
        }
    }

    PipelineModel(Random random, Path folder, int fragments) {
        this.random = random;
        this.folder = folder;
        this.fragments = fragments;
        this.steps = 5 + fragments / 5;
        this.plan = ModelPlan.of(random);
        this.seed = random.nextLong();
        this.journal = folder.resolve("journal");
        this.current = open();
    }

    private Open open() {
        Open opened = new Open();
        books.add(opened.record);
        return opened;
    }

    @Override
    public String toString() {
        return plan + " " + books;
    }

    // ---- the processor ----

    private void work(Batch<String> batch, List<Fragment<String>> all, ModelBooks record) throws Exception {
        List<Fragment<String>> successes = new ArrayList<>();
        int first = roll(all.get(0), record);
        if (first < 4) {
            throw new IllegalStateException("planted");
        } else if (first < 6) {
            throw new UnavailableException("planted", SHORT, null);
        } else if (first < 9) {
            boolean ignored = new CountDownLatch(1).await(plan.timesOut() ? 50 : 1, TimeUnit.MILLISECONDS);
        }
        for (Fragment<String> one : all) {
            int roll = roll(one, record);
            if (roll < 15) {
                batch.fail(one, new Exception("planted"));
            } else if (roll < 18) {
                batch.deadLetter(one, new Exception("planted"));
            } else {
                successes.add(one);
            }
            if (roll < 25) {
                batch.unchanged(one);
            }
        }
        successes.forEach(record::succeeded);
    }

    /** Returns a number from 0 to 99 that depends on the seed, the fragment and the attempt. */
    private int roll(Fragment<String> fragment, ModelBooks record) {
        long attempt = record.countAttempt(fragment.id());
        return new Random(seed ^ (fragment.id().hashCode() * 31L) ^ (attempt << 40)).nextInt(100);
    }

    // ---- producers ----

    private void produce(int producer, Random own) {
        int[] versions = new int[KEYS_EACH];
        Fragment<String> last = null;
        for (int i = 0; i < fragments; i++) {
            int key = own.nextInt(KEYS_EACH);
            Fragment<String> fragment = plan.duplicates() && last != null && own.nextInt(3) == 0
                    ? last
                    : ModelFragments.of(producer + "-" + key, versions[key]++, Priority.ofLevel(1 + own.nextInt(5)));
            if (plan.deadlines() && own.nextInt(3) == 0) {
                fragment = fragment.withDeadline(clock.instant().plusMillis(own.nextInt(60)));
            }
            last = fragment;
            Open into = put(fragment, own);
            if (into != null && !awaitNext(into)) {
                return;
            }
        }
    }

    /** Puts a fragment; returns a pipeline that was closed. */
    private Open put(Fragment<String> fragment, Random own) {
        producing.readLock().lock();
        Open into = current;
        try {
            switch (own.nextInt(5)) {
                case 0 -> {
                    Offer answer = into.pipeline.offer(fragment);
                    if (answer == Offer.REFUSED_CLOSED) {
                        return into;
                    } else if (answer != Offer.ACCEPTED) {
                        return null;
                    }
                    into.record.accepted();
                }
                case 1 -> {
                    into.pipeline.put(fragment);
                    into.record.accepted();
                }
                default -> into.record.submitted(into.pipeline.submit(fragment));
            }
            accepted.put(fragment.id(), fragment);
            return null;
        } catch (RefusedException | InterruptedException notAccepted) {
            return null;
        } catch (IllegalStateException closed) {
            return into;
        } finally {
            producing.readLock().unlock();
        }
    }

    private boolean awaitNext(Open closed) {
        synchronized (opening) {
            while (current == closed && !over) {
                try {
                    opening.wait();
                } catch (InterruptedException intendedForPut) {
                    continue;
                }
            }
            return !over;
        }
    }

    // ---- the run ----

    void run() throws Exception {
        List<Thread> producers = new ArrayList<>();
        for (int i = 0; i < PRODUCERS; i++) {
            int producer = i;
            Random own = new Random(random.nextLong());
            producers.add(new Thread(() -> produce(producer, own), "producer-" + i));
        }
        producers.forEach(Thread::start);
        try {
            for (int step = 0; step < steps; step++) {
                LockSupport.parkNanos(random.nextInt(1_000_000));
                disturb(producers);
            }
            current.pipeline.resume();
            for (Thread producer : producers) {
                producer.join(Patience.limit().toMillis());
                assertThat(producer.isAlive())
                        .as("%s still waits: %s", producer, this)
                        .isFalse();
            }
            assertThat(current.pipeline.drain(Patience.limit())).as("drained").isTrue();
        } finally {
            over = true;
            synchronized (opening) {
                opening.notifyAll();
            }
            current.component.close();
        }
        check(current);
        await().atMost(Patience.limit()).untilAsserted(this::checkNothingIsLost);
    }

    private void disturb(List<Thread> producers) throws Exception {
        switch (random.nextInt(10)) {
            case 0 -> current.pipeline.pause();
            case 1, 2 -> current.pipeline.resume();
            case 3, 4 -> current.component.reconfigure(plan.settings(random, random.nextBoolean()));
            case 5 -> clock.advance(Duration.ofMillis(random.nextInt(50)));
            case 6 -> {
                boolean ignored = current.pipeline.drain(SHORT);
            }
            case 7 -> producers.get(random.nextInt(PRODUCERS)).interrupt();
            case 8 -> replay();
            default -> restart(plan.journal() && random.nextBoolean());
        }
    }

    private void replay() throws InterruptedException {
        if (plan.duplicates()) { // other plans require that no fragment is processed twice
            current.pipeline.resume();
            try {
                int ignored = current.pipeline.replayDeadLetters();
            } catch (RefusedException critical) {
                return; // the other letters are kept
            }
        }
    }

    private void restart(boolean crashes) throws Exception {
        Open old = current;
        if (crashes) {
            old.pipeline.resume(); // so that producers inside return
        } else {
            old.component.close();
        }
        producing.writeLock().lock(); // no producer is inside the old one
        try {
            if (crashes) {
                crash(old);
            } else {
                check(old);
            }
            Open next = open();
            synchronized (opening) {
                current = next;
                opening.notifyAll();
            }
        } finally {
            producing.writeLock().unlock();
        }
    }

    private void crash(Open old) throws IOException {
        processing.writeLock().lock();
        try {
            old.crashed = true;
            journal = copyOf(journal);
        } finally {
            processing.writeLock().unlock();
        }
        old.component.close();
    }

    /** Copies a folder to which the pipeline may still write what it removes, until two copies are equal. */
    private Path copyOf(Path source) throws IOException {
        Map<String, String> before = new HashMap<>();
        while (true) {
            Path target = Files.createDirectory(folder.resolve("crash" + folders++));
            Map<String, String> copied = new HashMap<>();
            List<Path> files;
            try (Stream<Path> all = Files.list(source)) {
                files = all.filter(file -> !file.getFileName().toString().contains("lock"))
                        .toList();
            }
            for (Path file : files) {
                try {
                    byte[] bytes = Files.readAllBytes(file);
                    Files.write(target.resolve(file.getFileName()), bytes);
                    copied.put(file.getFileName().toString(), new String(bytes, StandardCharsets.ISO_8859_1));
                } catch (NoSuchFileException deleted) {
                    continue;
                }
            }
            if (copied.equals(before)) {
                return target;
            }
            before = copied;
        }
    }

    private void check(Open closed) {
        await().atMost(Patience.limit()).until(closed.record::isSettled);
        closed.record.check(closed.pipeline.metrics());
    }

    private void checkNothingIsLost() {
        accepted.values()
                .forEach(one -> assertThat(isSettled(one))
                        .as("%s has an outcome in %s", one, this)
                        .isTrue());
    }

    private boolean isSettled(Fragment<String> fragment) {
        boolean mayBeExpired =
                fragment.deadline() != null && !fragment.deadline().isAfter(clock.instant());
        return mayBeExpired
                || books.stream()
                        .anyMatch(each -> each.processed.contains(fragment.id()) || each.dead.contains(fragment.id()));
    }
}
