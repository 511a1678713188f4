package dev.geotherm.diff.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Pointer;
import dev.geotherm.diff.TestSettings;
import dev.geotherm.diff.compare.MeteredComparison;
import dev.geotherm.testkit.ManualScheduler;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.SettableClock;
import dev.geotherm.testkit.StackDive;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The delivery of a tracked state's updates to subscribers, and its failures. */
@Timeout(300)
class TreeStateDeliveryTest {
    private static final StateOptions OPTIONS = TestSettings.ofState(TestSettings.with("subscriberQueue", "2"));

    private final ManualScheduler scheduler = new ManualScheduler(new SettableClock());
    private final DeltaDispatcher threads =
            new DeltaDispatcher(ComponentContext.standalone("delivery").withScheduler(scheduler));
    private final HeldDispatcher held = new HeldDispatcher();

    @AfterEach
    void close() {
        threads.close();
        held.close();
    }

    /** A dispatcher that runs tasks only on request, on the requesting thread. */
    private static final class HeldDispatcher extends DeltaDispatcher {
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        HeldDispatcher() {
            super(ComponentContext.standalone("held"));
        }

        @Override
        boolean execute(Runnable work) {
            return tasks.add(work);
        }

        /** Runs all queued tasks, and those that they queue. */
        void deliver() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }

    /** A history that fails a given number of times. */
    private static final class BrokenHistory extends DeltaHistory {
        final AtomicInteger mergesToFail = new AtomicInteger();
        final AtomicInteger readsToFail = new AtomicInteger();

        @Override
        @Nullable
        RevisionDelta between(long base, long revision, Instant oldest, long most) {
            if (mergesToFail.getAndDecrement() > 0) {
                throw new IllegalStateException("planted");
            }
            return super.between(base, revision, oldest, most);
        }

        @Override
        @Nullable
        RevisionDelta next(long base) {
            if (readsToFail.getAndDecrement() > 0) {
                throw new StackOverflowError("planted");
            }
            return super.next(base);
        }
    }

    private TreeState state(DeltaHistory history, DeltaDispatcher dispatcher) {
        return new TreeState(
                "state",
                JsonNodeFactory.instance.objectNode().put("text", "x".repeat(100_000)),
                OPTIONS,
                Clock.systemUTC(),
                new MeteredComparison(),
                dispatcher,
                closed -> {},
                history);
    }

    private static void commit(TreeState state, int times) {
        for (int i = 0; i < times; i++) {
            int value = (int) state.revision() + 1;
            state.edit(editor -> editor.set(Pointer.of("n"), IntNode.valueOf(value)));
        }
    }

    @Test
    void commit_queuesOneTaskForAnyNumberOfSubscribers() {
        for (int subscribers : new int[] {1, 10, 1_000}) {
            TreeState state = state(new DeltaHistory(), held);
            AtomicInteger calls = new AtomicInteger();
            for (int i = 0; i < subscribers; i++) {
                state.subscribe(update -> calls.incrementAndGet());
            }
            held.deliver();
            assertThat(calls.getAndSet(0)).isEqualTo(subscribers);
            commit(state, 50);
            assertThat(held.tasks).as("tasks of 50 commits").hasSize(1);
            held.deliver();
            assertThat(calls.getAndSet(0)).isEqualTo(subscribers);
            commit(state, 1);
            assertThat(held.tasks).as("tasks of one commit").hasSize(1);
            held.deliver();
            assertThat(calls).hasValue(subscribers);
        }
    }

    @Test
    void next_deltasThatCannotBeComposedAreReplacedByTheSnapshot() {
        BrokenHistory history = new BrokenHistory();
        TreeState state = state(history, held);
        List<StateUpdate> updates = new ArrayList<>();
        state.subscribe(updates::add);
        held.deliver();
        commit(state, 5);
        history.mergesToFail.set(1);
        held.deliver();
        commit(state, 1);
        held.deliver();
        assertThat(updates).extracting(StateUpdate::revision).containsExactly(0L, 5L, 6L);
        assertThat(updates.get(1)).isInstanceOf(StateSnapshot.class);
        assertThat(updates.get(2)).isInstanceOf(RevisionDelta.class);
        history.mergesToFail.set(1);
        assertThat(state.since(0)).isInstanceOf(StateSnapshot.class);
        assertThat(state.since(0)).isInstanceOf(RevisionDelta.class);
    }

    @Test
    void delivery_failedOneIsRetried() {
        BrokenHistory history = new BrokenHistory();
        TreeState state = state(history, threads);
        List<StateUpdate> updates = new CopyOnWriteArrayList<>();
        state.subscribe(updates::add);
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> updates.size() == 1);
        history.readsToFail.set(1);
        commit(state, 1);
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> history.readsToFail.get() <= 0);
        assertThat(updates).hasSize(1);
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> {
            scheduler.advance(Duration.ofSeconds(1));
            return updates.size() == 2;
        });
        assertThat(updates).last().extracting(StateUpdate::revision).isEqualTo(1L);
        state.close();
    }

    @Test
    void subscribe_atTheEndOfTheStackLeavesNoSubscription() throws InterruptedException {
        TreeState state = state(new DeltaHistory(), threads);
        for (int i = 0; i < 2; i++) {
            TrackedState.@Nullable Subscription[] open = new TrackedState.Subscription[100_000];
            StackDive.run(depth -> open[depth % open.length] = state.subscribe(update -> {}));
            Stream.of(open).filter(Objects::nonNull).forEach(TrackedState.Subscription::close);
            assertThat(state.subscribers()).isZero();
        }
        state.close();
    }

    @Test
    void subscriptions_areWatchedOnlyWhileThereAreAny() {
        TreeState state = state(new DeltaHistory(), threads);
        assertThat(scheduler.scheduled()).isZero();
        List<TrackedState.Subscription> open = List.of(state.subscribe(update -> {}), state.subscribe(update -> {}));
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(scheduler.scheduled()).isEqualTo(1);
        open.forEach(TrackedState.Subscription::close);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(scheduler.scheduled()).isZero();
        state.subscribe(update -> {});
        threads.close();
        assertThat(scheduler.scheduled()).isZero();
    }

    @Test
    void delivery_failedOneOnCloseBlocksNobody() {
        BrokenHistory history = new BrokenHistory();
        TreeState state = state(history, held);
        state.subscribe(update -> {});
        held.deliver();
        history.readsToFail.set(Integer.MAX_VALUE);
        commit(state, 1);
        held.deliver();
        state.refuse();
        held.deliver();
        assertThat(state.subscribers()).isZero();
    }

    /** A history that, when first read, commits, notifies subscribers, and fails. */
    private final class InterruptedHistory extends DeltaHistory {
        @Nullable
        TreeState state;

        @Override
        @Nullable
        RevisionDelta next(long base) {
            TreeState told = state;
            if (told != null) {
                state = null;
                commit(told, 1);
                held.deliver();
                throw new IllegalStateException("planted");
            }
            return super.next(base);
        }
    }

    @Test
    void delivery_failedOneDuringACommitIsRetried() {
        InterruptedHistory history = new InterruptedHistory();
        TreeState state = state(history, held);
        List<Long> revisions = new ArrayList<>();
        state.subscribe(update -> revisions.add(update.revision()));
        held.deliver();
        history.state = state;
        commit(state, 1);
        held.deliver();
        assertThat(revisions).containsExactly(0L, 1L, 2L);
    }
}
