package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.testkit.ManualScheduler;
import dev.geotherm.testkit.StackDive;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Clauses about recovery after an error: an update is delivered without a further commit, a name is free again, and a failed
 * close can be repeated.
 */
abstract class OwedWorkClauses extends ThrowingClauses {
    private static final int DIVES = 6;
    private static final int ROUNDS = 4;
    private static final Duration STEP = Duration.ofMillis(100);

    OwedWorkClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void subscribe_anErrorOfTheExecutorOnlyDelaysUpdates() throws Exception {
        ManualScheduler scheduler = new ManualScheduler(fixture.clock());
        FailingThreads threads = new FailingThreads(fixture.context().withScheduler(scheduler));
        StateDiffer differ = fixture.differIn(threads);
        TrackedState state = differ.track(json("{'a':-1}"));
        StateReplica replica = differ.replica();
        state.subscribe(replica::apply);
        for (int i = 0; i < ROUNDS * ERRORS.size(); i++) {
            int value = i;
            assertArrives(replica, state, () -> scheduler.advance(STEP));
            threads.failure = ERRORS.get(i % ERRORS.size()).get();
            quietly(() -> set(state, "/a", value));
            threads.failure = null;
        }
        assertArrives(replica, state, () -> scheduler.advance(STEP));
        assertWorks(state::close);
    }

    @Test
    void subscribe_anOverflowOfTheWriterOnlyDelaysUpdates() throws Exception {
        require(DifferCapability.SURVIVES_STACK_OVERFLOW);
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{'a':-1}"));
        StateReplica replica = differ.replica();
        state.subscribe(replica::apply);
        for (int i = 0; i < DIVES / 2; i++) {
            int round = i;
            StackDive.run(depth -> {
                IntNode next = IntNode.valueOf(100_000 * round + depth);
                state.edit(editor -> editor.set(path("/a"), next));
            });
            assertArrives(replica, state, () -> {});
        }
        assertWorks(state::close);
    }

    /** A call that needs the clock, which first throws and then works. */
    private interface Opening {
        AutoCloseable open() throws Exception;
    }

    private void assertNameIsFreeAfterErrors(FailingClock clock, Opening opening) throws Exception {
        for (Supplier<Error> error : ERRORS) {
            clock.failure = error.get();
            AutoCloseable[] opened = new AutoCloseable[1];
            quietly(() -> opened[0] = unchecked(opening));
            clock.failure = null;
            if (opened[0] != null) {
                opened[0].close();
            }
            assertWorks(() -> close(unchecked(opening)));
        }
    }

    private static AutoCloseable unchecked(Opening opening) {
        try {
            return opening.open();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void close(AutoCloseable opened) {
        try {
            opened.close();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void track_anErrorOfTheClockKeepsNoName() throws Exception {
        FailingClock clock = new FailingClock();
        StateDiffer differ = fixture.differWithClock(clock);
        assertNameIsFreeAfterErrors(clock, () -> differ.track("named", json("{}")));
    }

    @Test
    void openCache_anErrorOfTheClockKeepsNoName() throws Exception {
        FailingClock clock = new FailingClock();
        StateDiffer differ = fixture.differWithClock(clock);
        assertNameIsFreeAfterErrors(clock, () -> differ.openCache("named"));
    }

    @Test
    void close_ofACacheNeedsNoClock() throws Exception {
        FailingClock clock = new FailingClock();
        StateDiffer differ = fixture.differWithClock(clock);
        for (Supplier<Error> error : ERRORS) {
            ContextCache<String> cache = differ.openCache("closed");
            cache.put("id", json("1"), "one");
            clock.failure = error.get();
            quietly(cache::close);
            clock.failure = null;
            assertWorks(() -> differ.openCache("closed").close());
        }
    }

    @Test
    void track_atTheEndOfTheStackKeepsNoName() throws Exception {
        require(DifferCapability.SURVIVES_STACK_OVERFLOW);
        StateDiffer differ = differ();
        JsonNode initial = json("{'a':1}");
        @Nullable TrackedState[] open = new TrackedState[1];
        for (int i = 0; i < DIVES / 2; i++) {
            StackDive.run(depth -> {
                TrackedState last = open[0];
                if (last == null) {
                    open[0] = differ.track("deep", initial);
                } else {
                    last.close();
                    open[0] = null;
                }
            });
            TrackedState last = open[0];
            open[0] = null;
            assertWorks(() -> {
                if (last != null) {
                    last.close();
                }
                differ.track("deep", initial).close();
            });
        }
    }

    @Test
    void close_atTheEndOfTheStackCanBeRepeated() throws Exception {
        require(DifferCapability.SURVIVES_STACK_OVERFLOW);
        int[] deepest = new int[1];
        StackDive.run(depth -> deepest[0] = depth);
        for (int i = 0; i < DIVES; i++) {
            StateDiffer differ = differ();
            TrackedState state = differ.track("deep", json("{'a':1}"));
            StateReplica replica = differ.replica();
            state.subscribe(replica::apply);
            ContextCache<String> cache = differ.openCache("deep");
            cache.put("id", json("1"), "one");
            set(state, "/a", 2);
            int from = deepest[0] - 10 * i;
            StackDive.run(depth -> {
                if (depth >= from) {
                    differ.close();
                }
            });
            assertWorks(differ::close);
            assertThat(replica.revision()).isEqualTo(1);
            assertThat(metrics(differ, "deep").subscribers()).isZero();
        }
    }
}
