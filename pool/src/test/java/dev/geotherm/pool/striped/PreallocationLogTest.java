package dev.geotherm.pool.striped;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.testkit.ManualScheduler;
import dev.geotherm.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log messages about failing preallocations. */
final class PreallocationLogTest {
    @RegisterExtension
    final LogRecorder log = new LogRecorder();

    private final ManualScheduler scheduler = new ManualScheduler(new SettableClock());

    @Test
    void preallocation_alwaysFailingIsLoggedLessAndLessOftenAndOnceItWorks() {
        AtomicBoolean works = new AtomicBoolean();
        Allocator<Object> allocator = new Allocator<>() {
            @Override
            public Object allocate() {
                if (!works.get()) {
                    throw new IllegalStateException("planted");
                }
                return new Object();
            }

            @Override
            public void reset(Object object) {}
        };
        try (StripedPools pools = new StripedPools(
                        QuietPools.settings("minSize", "3", "sweepInterval", "1s"),
                        ComponentContext.standalone("log").withScheduler(scheduler));
                ObjectPool<Object> pool = pools.open("objects", allocator)) {
            scheduler.advance(Duration.ofMinutes(10));
            List<ILoggingEvent> failures = List.copyOf(log.events());
            assertThat(failures).hasSize(10); // for the 1st, 2nd, 4th, … 512th of 600 sweeps
            assertThat(failures.get(0).getThrowableProxy()).isNotNull();
            assertThat(failures.subList(1, 10))
                    .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNull());
            assertThat(failures.get(9).getFormattedMessage()).contains("pool objects", "512 times so far", "planted");

            works.set(true);
            scheduler.advance(Duration.ofMinutes(1));
            assertThat(pool.metrics().idle()).isEqualTo(3);
            assertThat(log.events()).hasSize(11);
            assertThat(log.events().get(10).getFormattedMessage()).contains("600 failures; works again");
        }
    }
}
