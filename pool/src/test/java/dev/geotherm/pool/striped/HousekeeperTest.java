package dev.geotherm.pool.striped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.testkit.ManualScheduler;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.SettableClock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
final class HousekeeperTest {
    private static final Set<String> ALL = Set.of("collected", "weakenReferences", "sweep", "cleanUp", "trim");

    private final ManualScheduler scheduler = new ManualScheduler(new SettableClock());
    private final RecordingDuties duties = new RecordingDuties();
    private StripedPoolsSettings settings = QuietPools.settings("sweepInterval", "1s", "cleanupInterval", "5s");
    private final Housekeeper housekeeper = new Housekeeper(scheduler, () -> settings, duties);

    /** Duties that count their calls, and fail once on request. */
    private static final class RecordingDuties implements Housekeeper.Duties {
        final TreeMap<String, Integer> done = new TreeMap<>();

        @Nullable
        String failing;

        Supplier<Error> failure = AssertionError::new;

        @Override
        public void collected() {
            done("collected");
        }

        @Override
        public void weakenReferences() {
            done("weakenReferences");
        }

        @Override
        public void sweep() {
            done("sweep");
        }

        @Override
        public void cleanUp() {
            done("cleanUp");
        }

        @Override
        public void trim() {
            done("trim");
        }

        private void done(String duty) {
            if (duty.equals(failing)) {
                failing = null;
                throw failure.get();
            }
            done.merge(duty, 1, Integer::sum);
        }

        int count(String duty) {
            return done.getOrDefault(duty, 0);
        }
    }

    /** An error that cannot even be logged. */
    private static final class UnloggableError extends Error {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new OutOfMemoryError("no memory for a message");
        }

        @Override
        public String toString() {
            throw new OutOfMemoryError("no memory for a text");
        }
    }

    @BeforeEach
    void start() {
        housekeeper.start();
    }

    @AfterEach
    void close() {
        housekeeper.close();
        assertThat(scheduler.scheduled()).as("tasks left").isZero();
    }

    @Test
    void intervals_areThoseOfTheSettings() {
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(duties.count("sweep")).isEqualTo(10);
        assertThat(duties.count("cleanUp")).isEqualTo(2);
        assertThat(duties.count("trim")).isZero();
    }

    @Test
    void settingsChanged_putsTheIntervalsInForce() {
        settings = QuietPools.settings("sweepInterval", "1d", "cleanupInterval", "1s");
        housekeeper.settingsChanged();
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(duties.count("sweep")).isZero();
        assertThat(duties.count("cleanUp")).isEqualTo(10);
    }

    @Test
    void collection_weakensReferencesTwice() {
        scheduler.advance(Duration.ofMillis(100)); // creates the canary
        collect();
        scheduler.advance(Duration.ofMillis(500));
        assertThat(duties.count("weakenReferences")).isEqualTo(2 * duties.count("collected"));
    }

    @Test
    void trimSoon_trimsWithoutTheCallersThread() {
        housekeeper.trimSoon();
        assertThat(duties.count("trim")).isZero();
        scheduler.advance(Duration.ZERO);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(duties.count("trim")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"collected", "weakenReferences", "sweep", "cleanUp", "trim"})
    void error_inADutyEndsNothing(String duty) {
        fail(duty, () -> new StackOverflowError("planted"));
        assertThatAllIsDone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"collected", "weakenReferences", "sweep", "cleanUp", "trim"})
    void outOfMemory_isPressure(String duty) {
        int before = duties.count("trim");
        fail(duty, () -> new OutOfMemoryError("planted"));
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(duties.count("trim")).isGreaterThan(before);
        assertThatAllIsDone();
    }

    @Test
    void error_thatCannotBeLoggedEndsNothing() {
        fail("sweep", UnloggableError::new);
        assertThatAllIsDone();
    }

    @Test
    void error_isNoPressure() {
        fail("sweep", AssertionError::new);
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(duties.count("sweep")).isGreaterThan(3);
        assertThat(duties.count("trim")).isZero();
    }

    private void fail(String duty, Supplier<Error> failure) {
        duties.failure = failure;
        duties.failing = duty;
        scheduler.advance(Duration.ofMillis(100));
        provoke();
        assertThat(duties.failing).as("failed in " + duty).isNull();
    }

    /** Makes every duty due, but a trim only if it is supposed to fail. */
    private void provoke() {
        if ("trim".equals(duties.failing)) {
            housekeeper.trimSoon();
        }
        collect();
        scheduler.advance(Duration.ofSeconds(5));
    }

    /** Runs the collector until the housekeeper detects a collection. */
    private void collect() {
        int before = duties.count("collected");
        boolean fails = "collected".equals(duties.failing);
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(2)).until(() -> {
            System.gc();
            scheduler.advance(Duration.ofMillis(100));
            return duties.count("collected") > before || (fails && duties.failing == null);
        });
    }

    private void assertThatAllIsDone() {
        duties.done.clear();
        housekeeper.trimSoon();
        provoke();
        assertThat(duties.done.keySet()).isEqualTo(ALL);
    }
}
