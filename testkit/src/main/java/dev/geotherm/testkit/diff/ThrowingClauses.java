package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.testkit.Patience;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The base class of clauses about errors: the errors, a clock that throws them, and calls that survive them. */
abstract class ThrowingClauses extends DifferClauses {
    static final List<Supplier<Error>> ERRORS =
            List.of(() -> new StackOverflowError("as if"), () -> new OutOfMemoryError("as if"), Death::new);

    ThrowingClauses(DifferFixture fixture) {
        super(fixture);
    }

    /** An error that no implementation expects. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    /** A clock that throws an error on request. */
    static final class FailingClock extends Clock {
        volatile @Nullable Error failure;

        @Override
        public Instant instant() {
            Error now = failure;
            if (now != null) {
                throw now;
            }
            return Instant.EPOCH;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Makes a call that may throw one of the errors. */
    static void quietly(Runnable call) {
        try {
            call.run();
        } catch (Error expected) {
            assertThat(expected).isNotInstanceOf(AssertionError.class);
        }
    }

    /** Makes a call in another thread, which would block if a lock were still held. */
    static void assertWorks(Runnable call) throws Exception {
        inThread(call).get(Patience.limit().toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Waits until a replica has the newest revision, without a further commit.
     *
     * @param meanwhile an action to repeat while waiting, for example to advance a scheduler
     */
    static void assertArrives(StateReplica replica, TrackedState state, Runnable meanwhile)
            throws InterruptedException {
        for (int i = 0;
                replica.revision() < state.revision() && i < Patience.limit().toMillis();
                i++) {
            TimeUnit.MILLISECONDS.sleep(1);
            meanwhile.run();
        }
        assertThat(replica.revision()).isEqualTo(state.revision());
        assertSame(replica.snapshot().toJson(), state.snapshot().toJson());
    }
}
