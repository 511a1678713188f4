package dev.geotherm.pool.striped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.testkit.ThreadsLeft;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing but its close ends the upkeep thread. */
@Timeout(60)
final class HousekeeperTest {
    private static final String INSTANCE = "upkeep-test";

    private final Recorded duties = new Recorded();
    private final Housekeeper upkeep =
            new Housekeeper(INSTANCE, () -> QuietPools.settings("sweepInterval", "2ms", "cleanupInterval", "2ms"), duties);

    /** Counts what is done; fails once in what it is told to. */
    private static final class Recorded implements Housekeeper.Duties {
        final AtomicInteger collected = new AtomicInteger();
        final AtomicInteger letGoes = new AtomicInteger();
        final AtomicInteger tended = new AtomicInteger();
        final AtomicInteger cleanUps = new AtomicInteger();
        final AtomicInteger reliefs = new AtomicInteger();
        final AtomicReference<@Nullable String> failing = new AtomicReference<>();
        Supplier<Error> failure = AssertionError::new;

        @Override
        public void collected() {
            done("collected", collected);
        }

        @Override
        public void letGo() {
            done("letGo", letGoes);
        }

        @Override
        public void tend() {
            done("tend", tended);
        }

        @Override
        public void cleanUp() {
            done("cleanUp", cleanUps);
        }

        @Override
        public void relieve() {
            done("relieve", reliefs);
        }

        private void done(String duty, AtomicInteger count) {
            if (duty.equals(failing.get())) {
                failing.set(null);
                throw failure.get();
            }
            count.incrementAndGet();
        }
    }

    /** An error that cannot even be logged. */
    private static final class Unspeakable extends Error {
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
        upkeep.start();
    }

    @AfterEach
    void close() {
        upkeep.close();
        ThreadsLeft.assertNone(INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"collected", "letGo", "tend", "cleanUp", "relieve"})
    void anErrorInADutyEndsNothing(String duty) {
        fail(duty, () -> new StackOverflowError("planted"));
        assertThatAllIsDone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"collected", "letGo", "tend", "cleanUp", "relieve"})
    void memoryThatIsOutIsAReasonForRelief(String duty) {
        int before = duties.reliefs.get();
        fail(duty, () -> new OutOfMemoryError("planted"));
        await().until(() -> duties.reliefs.get() > before);
        assertThatAllIsDone();
    }

    @Test
    void anErrorThatCannotBeLoggedEndsNothing() {
        fail("tend", Unspeakable::new);
        assertThatAllIsDone();
    }

    @Test
    void anErrorIsNoReasonForRelief() {
        fail("tend", AssertionError::new);
        int tended = duties.tended.get();
        await().until(() -> duties.tended.get() > tended + 3);
        assertThat(duties.reliefs).hasValue(0);
    }

    private void fail(String duty, Supplier<Error> failure) {
        duties.failure = failure;
        duties.failing.set(duty);
        await().until(() -> {
            switch (duty) {
                case "letGo", "collected" -> System.gc();
                case "relieve" -> upkeep.relieveSoon();
                default -> {}
            }
            return duties.failing.get() == null;
        });
    }

    private void assertThatAllIsDone() {
        int tended = duties.tended.get();
        int cleanUps = duties.cleanUps.get();
        int collected = duties.collected.get();
        int letGoes = duties.letGoes.get();
        int reliefs = duties.reliefs.get();
        await().until(() -> {
            System.gc();
            upkeep.relieveSoon();
            return duties.tended.get() > tended
                    && duties.cleanUps.get() > cleanUps
                    && duties.collected.get() > collected
                    && duties.letGoes.get() > letGoes + 2
                    && duties.reliefs.get() > reliefs;
        });
    }
}
