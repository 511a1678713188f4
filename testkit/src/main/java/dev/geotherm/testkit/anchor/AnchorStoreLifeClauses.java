package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.axis;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.anchor.AnchorMetrics;
import dev.geotherm.api.anchor.Stability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about metrics, threads and close. */
abstract class AnchorStoreLifeClauses {
    private final AnchorStoreFixture fixture;

    AnchorStoreLifeClauses(AnchorStoreFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void stability_isOfTheCurrentAnchors() {
        assertThat(fixture.store.stability()).isEqualTo(new Stability(0, Duration.ZERO, 0, 0, 0));
        fixture.ingest("old", axis(0));
        fixture.clock.advance(Duration.ofDays(29));
        fixture.ingest("b", axis(1));
        fixture.clock.advance(Duration.ofDays(2));
        fixture.store.evict();
        fixture.ingest("c", axis(2));
        fixture.ingest("b2", 0, 1, 0.3f, 0);
        Stability stability = fixture.store.stability();
        assertThat(stability.anchors()).isEqualTo(2);
        assertThat(stability.averageAge()).isEqualTo(Duration.ofDays(1));
        assertThat(stability.averageHeat()).isCloseTo(0.175, within(1e-9));
        assertThat(stability.averageDrift())
                .isPositive()
                .isCloseTo(fixture.anchorOf("b").drift() / 2, within(1e-9));
        long created = fixture.store.metrics().created();
        assertThat(stability.churn()).isCloseTo(1.0 / created, within(1e-9));
    }

    @Test
    void metrics_countOperations() {
        fixture.ingest("a", axis(0));
        String reinforcing = fixture.reinforce(axis(0));
        fixture.store.remove(List.of(reinforcing));
        AnchorMetrics before = fixture.store.metrics();
        fixture.ingest(reinforcing, axis(0));
        fixture.ingest("b", axis(1));
        fixture.store.commit();
        AnchorMetrics after = fixture.store.metrics();
        assertThat(after.ingested() - before.ingested()).isEqualTo(2);
        assertThat(after.created() - before.created()).isEqualTo(1);
        assertThat(after.reinforced() - before.reinforced()).isEqualTo(1);
        assertThat(after.created() - after.dissolved()).isEqualTo(2);
        assertThat(after.anchors()).isEqualTo(2);
        assertThat(after.passages()).isEqualTo(3);
        fixture.clock.advance(Duration.ofDays(31));
        fixture.store.evict();
        assertThat(fixture.store.metrics().evicted()).isEqualTo(2);
        assertThat(fixture.store.metrics().anchors()).isZero();
        assertThat(fixture.store.metrics().passages()).isZero();
        assertThat(fixture.store.metrics().revisions()).isEqualTo(1);
    }

    @Test
    void ingest_manyThreadsLoseNothing() throws Exception {
        int perThread = 100;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                work.add(threads.submit(() -> {
                    Random random = new Random(number);
                    for (int i = 0; i < perThread; i++) {
                        fixture.ingest(number + "-" + i, random(random, 4));
                        if (i % 40 == 0) {
                            fixture.store.commit();
                            fixture.store.anchors();
                            fixture.store.clusters(0.9);
                            fixture.store.decay();
                        }
                    }
                }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        fixture.store.commit();
        assertThat(fixture.store.metrics().ingested()).isEqualTo(4L * perThread);
        assertThat(fixture.store.metrics().created() - fixture.store.metrics().dissolved())
                .isEqualTo(fixture.store.size());
        assertThat(fixture.store.anchors().stream()
                        .mapToLong(anchor -> 1 + anchor.provenance().updates())
                        .sum())
                .isEqualTo(4L * perThread);
        assertThat(fixture.store.state().snapshot().toJson().path("anchors")).hasSize(fixture.store.size());
    }

    @Test
    void ingest_poolMayUseTheStoreFromAnotherThread() {
        fixture.ingest("a", axis(0));
        fixture.pools.beforeAcquire = () -> CompletableFuture.runAsync(
                        () -> {
                            fixture.store.remove(List.of("a"));
                            fixture.store.commit();
                        },
                        task -> new Thread(task, "pool").start())
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(fixture.ingest("b", axis(1)).created()).isTrue();
        assertThat(fixture.store.size()).isEqualTo(1);
    }

    @Test
    void close_releasesAnchorsAndClosesPoolAndState() {
        fixture.ingest("a", axis(0));
        fixture.ingest("b", axis(1));
        fixture.store.close();
        assertThat(fixture.pools.held()).isZero();
        assertThat(fixture.pools.open()).isZero();
        assertThatIllegalStateException()
                .isThrownBy(() -> fixture.store
                        .state()
                        .commit(fixture.store.state().snapshot().toJson()));
    }

    @Test
    void close_laterChangesAreRefused() {
        fixture.store.close();
        assertThatIllegalStateException().isThrownBy(() -> fixture.ingest("a", axis(0)));
        assertThatIllegalStateException().isThrownBy(() -> fixture.store.remove(List.of("a")));
        assertThatIllegalStateException().isThrownBy(() -> fixture.store.restore(into -> {}));
        assertThatIllegalStateException().isThrownBy(() -> fixture.store.decay());
        assertThatIllegalStateException().isThrownBy(() -> fixture.store.evict());
        assertThatIllegalStateException().isThrownBy(() -> fixture.store.commit());
    }

    @Test
    void close_isIdempotent() {
        fixture.store.close();
        assertThatCode(fixture.store::close).doesNotThrowAnyException();
    }
}
