package dev.geotherm.diff.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.CacheSerializer;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.diff.TestSettings;
import dev.geotherm.diff.TreeDiffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Concurrent use of the disk tier: one thread is held while it reads or writes a result. */
@Timeout(300)
class DiskTierRacesTest {
    private static final IntNode CONTEXT = IntNode.valueOf(1);
    private static final IntNode OTHER = IntNode.valueOf(2);

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Held form = new Held();

    /** A serializer of texts that blocks while it reads or writes a held text. */
    private static final class Held implements CacheSerializer<String> {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch leave = new CountDownLatch(1);
        volatile String held = "";

        @Override
        public byte[] serialize(String value) {
            pass("write " + value);
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String deserialize(byte[] bytes) {
            String value = new String(bytes, StandardCharsets.UTF_8);
            pass("read " + value);
            return value;
        }

        private void pass(String step) {
            if (step.equals(held)) {
                reached.countDown();
                try {
                    leave.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @AfterEach
    void end() {
        form.leave.countDown();
        threads.shutdownNow();
    }

    private TreeDiffer differ() {
        return new TreeDiffer(
                TestSettings.with("cacheDisk", "1MiB"),
                ComponentContext.standalone("races").withWorkDirectory(folder));
    }

    private void keep(String... ids) {
        try (TreeDiffer differ = differ()) {
            ContextCache<String> cache = differ.openCache("c", form);
            for (String id : ids) {
                cache.put(id, CONTEXT, "of " + id);
            }
        }
    }

    /** Starts a call, and returns once it is held. */
    private <T> Future<T> hold(String step, Callable<T> call) throws InterruptedException {
        form.held = step;
        Future<T> begun = threads.submit(call);
        form.reached.await();
        return begun;
    }

    private static Callable<Boolean> done(Runnable call) {
        return () -> {
            call.run();
            return true;
        };
    }

    private <T> T inTime(Callable<T> call) throws Exception {
        return threads.submit(call).get(60, TimeUnit.SECONDS);
    }

    @Test
    void invalidate_whileReadingRemovesTheResult() throws Exception {
        keep("q");
        try (TreeDiffer differ = differ()) {
            ContextCache<String> cache = differ.openCache("c", form);
            Future<Lookup<String>> reading = hold("read of q", () -> cache.get("q", CONTEXT));
            Future<Boolean> invalidating = threads.submit(done(() -> cache.invalidate("q")));
            endOrWait(invalidating);
            form.leave.countDown();
            reading.get();
            invalidating.get();
            assertThat(cache.get("q", CONTEXT)).isEqualTo(new Lookup.Miss<>());
        }
    }

    @Test
    void invalidate_whileAnotherContextIsPutRemovesTheResult() throws Exception {
        keep("q");
        try (TreeDiffer differ = differ()) {
            ContextCache<String> cache = differ.openCache("c", form);
            Future<Boolean> putting = hold("read of q", done(() -> cache.put("q", OTHER, "new")));
            Future<Boolean> invalidating = threads.submit(done(() -> cache.invalidate("q")));
            endOrWait(invalidating);
            form.leave.countDown();
            putting.get();
            invalidating.get();
            assertThat(cache.get("q", CONTEXT)).isNotInstanceOf(Lookup.ExactHit.class);
        }
    }

    /** Waits up to a second for a call, which may be waiting for the held one. */
    private static void endOrWait(Future<?> call) throws Exception {
        try {
            call.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException waits) {
            // It waits for the held one, or the machine is busy; either is fine.
        }
    }

    @Test
    void get_doesNotBlockOtherIds() throws Exception {
        keep("Aa", "BB"); // equal hash codes, so that a map keeps them in one bin
        try (TreeDiffer differ = differ()) {
            ContextCache<String> cache = differ.openCache("c", form);
            Future<Lookup<String>> reading = hold("read of Aa", () -> cache.get("Aa", CONTEXT));
            assertThat(inTime(() -> cache.get("BB", CONTEXT))).isEqualTo(new Lookup.ExactHit<>("of BB"));
            assertThat(inTime(done(() -> cache.put("BB", OTHER, "new")))).isTrue();
            form.leave.countDown();
            assertThat(reading.get()).isEqualTo(new Lookup.ExactHit<>("of Aa"));
        }
    }

    @Test
    void put_thatReadsDoesNotBlockOtherIds() throws Exception {
        keep("Aa", "BB");
        try (TreeDiffer differ = differ()) {
            ContextCache<String> cache = differ.openCache("c", form);
            Future<Boolean> putting = hold("read of Aa", done(() -> cache.put("Aa", OTHER, "new")));
            assertThat(inTime(() -> cache.get("BB", CONTEXT))).isEqualTo(new Lookup.ExactHit<>("of BB"));
            assertThat(inTime(done(() -> cache.put("BB", OTHER, "new")))).isTrue();
            form.leave.countDown();
            putting.get();
            assertThat(cache.get("Aa", CONTEXT)).isEqualTo(new Lookup.ExactHit<>("of Aa"));
            assertThat(cache.get("Aa", OTHER)).isEqualTo(new Lookup.ExactHit<>("new"));
        }
    }

    @Test
    void put_doesNotBlockOtherIds() throws Exception {
        keep("Aa", "BB");
        try (TreeDiffer differ = differ()) {
            ContextCache<String> cache = differ.openCache("c", form);
            Future<Boolean> putting = hold("write new", done(() -> cache.put("Aa", OTHER, "new")));
            assertThat(inTime(() -> cache.get("BB", CONTEXT))).isEqualTo(new Lookup.ExactHit<>("of BB"));
            form.leave.countDown();
            putting.get();
            assertThat(cache.get("Aa", CONTEXT)).isEqualTo(new Lookup.ExactHit<>("of Aa"));
            assertThat(cache.get("Aa", OTHER)).isEqualTo(new Lookup.ExactHit<>("new"));
        }
    }

    @Test
    void invalidate_underConcurrentReadsIsFinal() throws Exception {
        try (TreeDiffer differ = differ()) {
            ContextCache<String> cache = differ.openCache("c", form);
            AtomicBoolean ended = new AtomicBoolean();
            Future<Boolean> reading = threads.submit(done(() -> {
                while (!ended.get()) {
                    cache.get("q", CONTEXT);
                }
            }));
            try {
                for (int i = 0; i < 200; i++) {
                    cache.put("q", CONTEXT, "of " + i);
                    assertThat(cache.get("q", CONTEXT)).isEqualTo(new Lookup.ExactHit<>("of " + i));
                    cache.invalidate("q");
                    assertThat(cache.get("q", CONTEXT)).isEqualTo(new Lookup.Miss<>());
                }
            } finally {
                ended.set(true);
            }
            assertThat(reading.get()).isTrue();
        }
    }
}
