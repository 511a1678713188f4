package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.RateLimitSettings;
import dev.geotherm.api.streaming.ContentCodec;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal on a disk that is full: producers wait, and nothing is lost. */
@Timeout(120)
final class JournalFullDiskTest {
    private static final int COUNT = 400;

    @TempDir
    Path scratch;

    private final Semaphore gate = new Semaphore(0);
    private final List<String> processed = new CopyOnWriteArrayList<>();
    private SmallDisk disk;
    private LanePipelines pipelines;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(scratch.resolve("disk"), 1_000);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    private IngestionPipeline<String> open(Duration closeTimeout) {
        LanePipelinesSettings settings = new LanePipelinesSettings(
                TestSettings.backpressure(10_000, 0, 0.8),
                TestSettings.batches(1, Duration.ofMinutes(5)),
                TestSettings.retries(0),
                TestSettings.journaling(true, false),
                1,
                false,
                true,
                RateLimitSettings.NONE,
                closeTimeout);
        pipelines = new LanePipelines(settings, ComponentContext.standalone("full"));
        return pipelines.open(PipelineSpec.<String>of("journaled", batch -> {
                    gate.acquire();
                    batch.fragments().forEach(one -> processed.add(one.id()));
                })
                .withJournal(disk.folder().resolve("journal"), ContentCodec.text()));
    }

    @Test
    void put_onAFullDiskWaitsUntilThereIsSpace() throws Exception {
        IngestionPipeline<String> pipeline = open(Duration.ofSeconds(60));
        AtomicInteger accepted = new AtomicInteger();
        CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> produce(pipeline, accepted, COUNT));
        await().atMost(Patience.limit()).until(() -> accepted.get() > 50);
        Path ballast = disk.fill("ballast");
        await().atMost(Patience.limit())
                .until(() -> pipeline.offer(fragment("offered")) == Offer.REFUSED_FULL || producer.isDone());
        assertThat(producer).as("the disk has no room for all").isNotDone();

        gate.release(20); // what is processed on a full disk is removed later
        await().atMost(Patience.limit()).until(() -> processed.size() >= 20);
        Files.delete(ballast);
        gate.release(1_000_000);
        producer.get();
        assertThat(pipeline.drain(Patience.limit())).isTrue();
        assertThat(processed.stream().filter(id -> !id.equals("offered"))).hasSize(COUNT);
        pipelines.close();

        IngestionPipeline<String> next = open(Duration.ofSeconds(60));
        assertThat(next.metrics().journal().recovered()).isZero();
        pipelines.close();
    }

    @Test
    void close_onAFullDiskLosesNothing() throws Exception {
        IngestionPipeline<String> pipeline = open(Duration.ZERO);
        AtomicInteger accepted = new AtomicInteger();
        CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> produce(pipeline, accepted, COUNT));
        await().atMost(Patience.limit()).until(() -> accepted.get() > 50);
        disk.fill("ballast");
        gate.release(5);
        await().atMost(Patience.limit()).until(() -> processed.size() >= 5);
        pipelines.close();
        producer.get();

        gate.release(1_000_000);
        IngestionPipeline<String> next = open(Duration.ofSeconds(60));
        assertThat(next.drain(Patience.limit())).isTrue();
        pipelines.close();
        for (int i = 0; i < accepted.get(); i++) {
            assertThat(processed).contains("n" + i);
        }
    }

    private static Fragment<String> fragment(String id) {
        return new Fragment<>(id, "x".repeat(3_000), Priority.NORMAL, Instant.EPOCH, Map.of());
    }

    private static void produce(IngestionPipeline<String> pipeline, AtomicInteger accepted, int count) {
        try {
            while (accepted.get() < count) {
                pipeline.put(fragment("n" + accepted.get()));
                accepted.incrementAndGet();
            }
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        } catch (IllegalStateException closed) {
            return;
        }
    }
}
