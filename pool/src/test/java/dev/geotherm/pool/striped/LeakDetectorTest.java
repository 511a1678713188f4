package dev.geotherm.pool.striped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.testkit.ManualScheduler;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.SettableClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reports of leaked objects. */
@Timeout(300)
final class LeakDetectorTest {
    @RegisterExtension
    final LogRecorder said = new LogRecorder();

    private final ManualScheduler scheduler = new ManualScheduler(new SettableClock());

    private final Allocator<StringBuilder> allocator = new Allocator<>() {
        @Override
        public StringBuilder allocate() {
            return new StringBuilder();
        }

        @Override
        public void reset(StringBuilder builder) {
            builder.setLength(0);
        }
    };

    /** The ways to leak an object, each in a method that appears in the stack trace. */
    private enum LeakKind {
        ACQUIRED {
            @Override
            void leakOne(ObjectPool<StringBuilder> pool) {
                pool.acquire();
            }
        },
        LEASED {
            @Override
            void leakOne(ObjectPool<StringBuilder> pool) {
                pool.lease();
            }
        };

        abstract void leakOne(ObjectPool<StringBuilder> pool);
    }

    @ParameterizedTest
    @CsvSource({"ACQUIRED, true", "ACQUIRED, false", "LEASED, true", "LEASED, false"})
    void leak_ofASampledAcquisitionIsReportedWithItsStackTrace(LeakKind kind, boolean onTheFastPath) {
        try (StripedPools pools = new StripedPools(
                QuietPools.settings("leakSampling", "1"),
                ComponentContext.standalone("leak").withScheduler(scheduler))) {
            ObjectPool<StringBuilder> pool = pools.open("builders", allocator);
            if (onTheFastPath) {
                pool.run(builder -> {}); // the stripe then holds the slot
            }
            kind.leakOne(pool);
            List<ILoggingEvent> reports = reports(pool, 1);
            assertThat(reports).hasSize(1);
            assertThat(reports.get(0).getFormattedMessage()).contains("pool builders", "leaked");
            assertThat(Arrays.stream(reports.get(0).getThrowableProxy().getStackTraceElementProxyArray())
                            .map(StackTraceElementProxy::getSTEAsString))
                    .anyMatch(frame -> frame.contains("LeakDetectorTest$LeakKind$") && frame.contains(".leakOne"));
        }
    }

    @Test
    void leak_withoutSamplingIsReportedWithoutStackTrace() {
        try (StripedPools pools = new StripedPools(
                QuietPools.settings("leakSampling", "0"),
                ComponentContext.standalone("leak").withScheduler(scheduler))) {
            ObjectPool<StringBuilder> pool = pools.open("builders", allocator);
            LeakKind.ACQUIRED.leakOne(pool);
            List<ILoggingEvent> reports = reports(pool, 1);
            assertThat(reports).hasSize(1);
            assertThat(reports.get(0).getThrowableProxy()).isNull();
            assertThat(reports.get(0).getFormattedMessage()).contains("raise leakSampling");
        }
    }

    @Test
    void objectInUseForLong_isReportedWhenItLeaks() {
        try (StripedPools pools = new StripedPools(
                QuietPools.settings("sweepInterval", "1s"),
                ComponentContext.standalone("leak").withScheduler(scheduler))) {
            ObjectPool<StringBuilder> pool = pools.open("builders", allocator);
            StringBuilder[] held = {pool.acquire(), pool.acquire()};
            for (int i = 0; i < 20; i++) {
                scheduler.advance(Duration.ofSeconds(1));
            }
            held[0] = null;
            reports(pool, 1);
            assertThat(pool.metrics().inUse()).isEqualTo(1);
            pool.release(held[1]);
        }
    }

    private List<ILoggingEvent> reports(ObjectPool<?> pool, int count) {
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> {
            System.gc();
            scheduler.advance(Duration.ofSeconds(1));
            return pool.metrics().leaked() == count;
        });
        return List.copyOf(said.events());
    }

    @Test
    void misuse_thatIsCountedIsLoggedOnce() {
        try (StripedPools pools = new StripedPools(
                QuietPools.settings("whenMisused", "count"),
                ComponentContext.standalone("leak").withScheduler(scheduler))) {
            ObjectPool<StringBuilder> pool = pools.open("builders", allocator);
            StringBuilder builder = pool.acquire();
            pool.release(builder);
            for (int i = 0; i < 3; i++) {
                pool.release(builder);
                pool.discard(builder);
            }
            assertThat(pool.metrics().refused()).isEqualTo(6);
            assertThat(said.events()).hasSize(1);
            assertThat(pool.acquire()).isSameAs(builder);
            assertThat(pool.acquire()).isNotSameAs(builder);
        }
    }
}
