package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Pointer;
import dev.geotherm.testkit.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clauses about {@link TrackedState#subscribe}. */
abstract class SubscribeClauses extends DifferClauses {
    private static final long WAIT_MILLIS = 10;

    /** A subscriber that records its updates and the resulting state. */
    private static final class Recorder implements StateSubscriber {
        final List<StateUpdate> updates = new CopyOnWriteArrayList<>();
        private final AtomicInteger callers = new AtomicInteger();
        private volatile JsonNode state = json("null");
        private volatile boolean broken;

        @Override
        public void onUpdate(StateUpdate update) {
            broken |= callers.incrementAndGet() != 1;
            if (update instanceof RevisionDelta delta) {
                broken |= delta.base() != revision();
                state = delta.delta().applyTo(state);
            } else {
                state = ((StateSnapshot) update).toJson();
            }
            updates.add(update);
            callers.decrementAndGet();
            tellWhoWaits();
        }

        long revision() {
            return updates.isEmpty() ? -1 : updates.get(updates.size() - 1).revision();
        }

        /** Counts waits instead of measuring time, because a paused machine must not cause a failure. */
        synchronized void awaitRevision(long revision) {
            long mostWaits = Patience.limit().toMillis() / WAIT_MILLIS;
            try {
                for (int waits = 0; waits < mostWaits && revision() < revision; waits++) {
                    wait(WAIT_MILLIS);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            assertThat(revision()).isGreaterThanOrEqualTo(revision);
        }

        private synchronized void tellWhoWaits() {
            notifyAll();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    SubscribeClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void subscribe_beginsWithTheNewestSnapshot() {
        TrackedState state = track("{}");
        set(state, "/a", 1);
        Recorder recorder = new Recorder();
        state.subscribe(recorder);
        recorder.awaitRevision(1);
        assertThat(recorder.updates).hasSize(1).first().isInstanceOf(StateSnapshot.class);
        assertSame(recorder.state, json("{'a':1}"));
    }

    @Test
    void subscribe_deliversEveryRevisionInOrder() {
        TrackedState state = track("{}");
        Recorder recorder = new Recorder();
        state.subscribe(recorder);
        recorder.awaitRevision(0);
        for (int i = 1; i <= 100; i++) {
            set(state, "/a", i);
        }
        recorder.awaitRevision(100);
        assertThat(recorder.updates).extracting(StateUpdate::revision).containsExactly(revisions(100));
        assertThat(recorder.updates.subList(1, 101)).hasOnlyElementsOfType(RevisionDelta.class);
        assertThat(recorder.broken).isFalse();
        assertSame(recorder.state, json("{'a':100}"));
    }

    private Long[] revisions(long last) {
        List<Long> all = new ArrayList<>();
        for (long i = 0; i <= last; i++) {
            all.add(i);
        }
        return all.toArray(Long[]::new);
    }

    /** Subscribes a subscriber that blocks in its first update until it is released. */
    private Recorder heldUp(TrackedState state, CountDownLatch release) {
        CountDownLatch entered = new CountDownLatch(1);
        Recorder recorder = new Recorder();
        state.subscribe(update -> {
            recorder.onUpdate(update);
            entered.countDown();
            waitFor(release);
        });
        waitFor(entered);
        return recorder;
    }

    @Test
    void subscribe_beyondHistoryDeliversASnapshotAndBlocksNobody() {
        require(DifferCapability.HISTORY_LIMIT);
        TrackedState state = differ(DifferLimits.usual().withHistory(2)).track(json("{}"));
        CountDownLatch release = new CountDownLatch(1);
        Recorder recorder = heldUp(state, release);
        for (int i = 1; i <= 10; i++) {
            set(state, "/a", i);
        }
        assertThat(recorder.updates).hasSize(1);
        release.countDown();
        recorder.awaitRevision(10);
        assertThat(recorder.updates).hasSize(2).last().isInstanceOf(StateSnapshot.class);
        set(state, "/a", 11);
        recorder.awaitRevision(11);
        assertThat(recorder.updates).last().isInstanceOf(RevisionDelta.class);
        assertThat(recorder.broken).isFalse();
        assertSame(recorder.state, json("{'a':11}"));
    }

    @Test
    void subscribe_farBehindDeliversOneComposedDelta() {
        require(DifferCapability.SUBSCRIBER_QUEUE);
        String text = "x".repeat(100_000);
        TrackedState state = differ(DifferLimits.usual().withQueue(4)).track(json("{'text':'" + text + "'}"));
        CountDownLatch release = new CountDownLatch(1);
        Recorder recorder = heldUp(state, release);
        for (int i = 1; i <= 50; i++) {
            set(state, "/a", i);
        }
        release.countDown();
        recorder.awaitRevision(50);
        assertThat(recorder.updates).hasSize(2).last().isInstanceOf(RevisionDelta.class);
        assertThat(recorder.broken).isFalse();
        assertSame(recorder.state, state.snapshot().toJson());
    }

    @Test
    void subscribe_farBehindDeliversTheSnapshotIfSmaller() {
        require(DifferCapability.SUBSCRIBER_QUEUE);
        ObjectNode texts = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 20; i++) {
            texts.put("text" + i, "x".repeat(1000) + i);
        }
        TrackedState state = differ(DifferLimits.usual().withQueue(4)).track(texts);
        CountDownLatch release = new CountDownLatch(1);
        Recorder recorder = heldUp(state, release);
        // Removals record old values, and the final state is empty.
        for (int i = 0; i < 20; i++) {
            Pointer text = Pointer.of("text" + i);
            state.edit(editor -> editor.remove(text));
        }
        release.countDown();
        recorder.awaitRevision(20);
        assertThat(recorder.updates).hasSize(2).last().isInstanceOf(StateSnapshot.class);
        assertThat(recorder.broken).isFalse();
        assertSame(recorder.state, json("{}"));
    }

    @Test
    void subscribe_blockedSubscribersDoNotDelayOthers() {
        TrackedState state = track("{}");
        CountDownLatch end = new CountDownLatch(1);
        List<Recorder> recorders = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                state.subscribe(update -> waitFor(end));
                Recorder recorder = new Recorder();
                recorders.add(recorder);
                state.subscribe(recorder);
            }
            for (int i = 1; i <= 50; i++) {
                set(state, "/a", i);
            }
            for (Recorder recorder : recorders) {
                recorder.awaitRevision(50);
                assertThat(recorder.broken).isFalse();
            }
        } finally {
            end.countDown();
        }
    }

    @Test
    void subscribe_aThrowingSubscriberStaysSubscribed() {
        TrackedState state = track("{}");
        Recorder recorder = new Recorder();
        state.subscribe(update -> {
            recorder.onUpdate(update);
            throw new IllegalStateException("wanted");
        });
        recorder.awaitRevision(0);
        set(state, "/a", 1);
        recorder.awaitRevision(1);
        set(state, "/a", 2);
        recorder.awaitRevision(2);
        assertThat(recorder.broken).isFalse();
        assertSame(recorder.state, json("{'a':2}"));
    }

    @Test
    void subscription_closedReceivesNothing() {
        TrackedState state = track("{}");
        Recorder closed = new Recorder();
        Recorder open = new Recorder();
        TrackedState.Subscription subscription = state.subscribe(closed);
        closed.awaitRevision(0);
        subscription.close();
        subscription.close();
        state.subscribe(open);
        set(state, "/a", 1);
        open.awaitRevision(1);
        assertThat(closed.updates).hasSize(1);
    }

    @Test
    void close_deliversWhatWasCommitted() {
        TrackedState state = track("{}");
        Recorder recorder = new Recorder();
        CountDownLatch release = new CountDownLatch(1);
        state.subscribe(update -> {
            waitFor(release);
            recorder.onUpdate(update);
        });
        for (int i = 1; i <= 20; i++) {
            set(state, "/a", i);
        }
        CompletableFuture<Void> closing = inThread(state::close);
        release.countDown();
        closing.join();
        recorder.awaitRevision(20);
        assertSame(recorder.state, json("{'a':20}"));
    }

    @Test
    void close_ofTheDifferDeliversWhatWasCommitted() {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{}"));
        Recorder recorder = new Recorder();
        state.subscribe(recorder);
        for (int i = 1; i <= 20; i++) {
            set(state, "/a", i);
        }
        differ.close();
        assertThat(recorder.revision()).isEqualTo(20);
    }

    @Test
    void metrics_showOpenSubscriptions() {
        StateDiffer differ = differ();
        TrackedState state = differ.track("followed", json("{}"));
        TrackedState.Subscription subscription = state.subscribe(new Recorder());
        state.subscribe(new Recorder());
        assertThat(metrics(differ, "followed").subscribers()).isEqualTo(2);
        subscription.close();
        assertThat(metrics(differ, "followed").subscribers()).isEqualTo(1);
    }

    @Test
    void subscribe_afterCloseIsRefused() {
        TrackedState state = track("{}");
        state.close();
        assertThatIllegalStateException().isThrownBy(() -> state.subscribe(new Recorder()));
    }

    @Test
    void subscribe_aSubscriberMayEditTheState() {
        TrackedState state = track("{'a':0}");
        Recorder recorder = new Recorder();
        state.subscribe(update -> {
            recorder.onUpdate(update);
            if (update.revision() < 5) {
                set(state, "/a", (int) update.revision() + 1);
            }
        });
        recorder.awaitRevision(5);
        assertSame(state.snapshot().toJson(), json("{'a':5}"));
    }

    @Test
    void subscribe_missesNothingWhileWritersCommit() {
        TrackedState state = track("{'a':0,'b':0}");
        List<Recorder> recorders = new ArrayList<>();
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            writers.add(inThread(() -> {
                for (int i = 0; i < 200; i++) {
                    state.edit(DifferClauses::increment);
                }
            }));
            Recorder recorder = new Recorder();
            recorders.add(recorder);
            state.subscribe(recorder);
        }
        writers.forEach(CompletableFuture::join);
        for (Recorder recorder : recorders) {
            recorder.awaitRevision(600);
            assertThat(recorder.broken).isFalse();
            assertSame(recorder.state, state.snapshot().toJson());
        }
    }
}
