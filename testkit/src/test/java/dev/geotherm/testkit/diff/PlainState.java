package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.StateMetrics;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A tracked state that keeps its last snapshots; what leads from one to another replaces the whole state. */
final class PlainState implements TrackedState {
    private static final int KEPT = 1_000;
    private static final long CLOSE_SECONDS = 10;

    private final PlainDiffer differ;
    private final String name;

    /** All of the following are guarded by the monitor, which is notified when a revision comes or the state closes. */
    private final Deque<StateSnapshot> history = new ArrayDeque<>();

    private final Set<Follower> followers = new LinkedHashSet<>();
    private long changes;
    private boolean closed;

    PlainState(PlainDiffer differ, String name, JsonNode initial) {
        this.differ = differ;
        this.name = name;
        history.add(StateSnapshot.of(0, differ.now(), differ.fingerprint(initial), initial));
    }

    /** Refuses values that JSON cannot represent. */
    static void requireJson(JsonNode value) {
        new ReferenceEditor(value, DifferLimits.usual()).check(Pointer.ROOT, value);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long revision() {
        return snapshot().revision();
    }

    @Override
    public synchronized StateSnapshot snapshot() {
        return history.getLast();
    }

    @Override
    public synchronized RevisionDelta edit(Consumer<StateEditor> edits) {
        requireOpen();
        ReferenceEditor editor = new ReferenceEditor(snapshot().toJson(), DifferLimits.usual());
        edits.accept(editor);
        return next(editor.result());
    }

    @Override
    public synchronized RevisionDelta commit(JsonNode next) {
        requireOpen();
        requireJson(next);
        return next(next.deepCopy());
    }

    private RevisionDelta next(JsonNode state) {
        StateSnapshot before = snapshot();
        if (JsonEquality.same(before.toJson(), state)) {
            return between(before, before);
        }
        StateSnapshot after = StateSnapshot.of(before.revision() + 1, differ.now(), differ.fingerprint(state), state);
        RevisionDelta delta = between(before, after);
        history.addLast(after);
        changes += delta.delta().changes().size();
        if (history.size() > KEPT) {
            history.removeFirst();
        }
        notifyAll();
        return delta;
    }

    private static RevisionDelta between(StateSnapshot before, StateSnapshot after) {
        StateDelta delta = PlainDiffer.replacement(before.toJson(), after.toJson());
        boolean same = delta.isEmpty(); // also if the state has come back to what it was
        return new RevisionDelta(
                same ? after.revision() : before.revision(), after.revision(), after.at(), after.fingerprint(), delta);
    }

    @Override
    public synchronized StateUpdate since(long revision) {
        if (revision < 0 || revision > revision()) {
            throw new IllegalArgumentException("state " + name + " has no revision " + revision);
        }
        return update(revision, snapshot());
    }

    /** Returns what leads from a revision to a snapshot: a delta, or the snapshot. */
    private StateUpdate update(long from, StateSnapshot to) {
        for (StateSnapshot kept : history) {
            if (kept.revision() == from) {
                boolean changed = from == to.revision() || !JsonEquality.same(kept.toJson(), to.toJson());
                return changed ? between(kept, to) : to;
            }
        }
        return to;
    }

    @Override
    public synchronized Subscription subscribe(StateSubscriber subscriber) {
        requireOpen();
        Follower follower = new Follower(subscriber);
        followers.add(follower);
        differ.subscriptions.execute(follower);
        return follower;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("state " + name + " is closed");
        }
    }

    synchronized StateMetrics metrics() {
        return new StateMetrics(
                revision(),
                changes,
                followers.size(),
                closed ? 0 : history.size() - 1,
                closed
                        ? 0
                        : history.stream()
                                .mapToLong(kept -> kept.toJson().toString().length())
                                .sum());
    }

    @Override
    public void close() {
        List<Follower> left;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            left = List.copyOf(followers);
            notifyAll();
        }
        left.forEach(Follower::awaitEnd);
        differ.closed(this);
    }

    /** A subscription, which waits for revisions on its own thread. */
    private final class Follower implements Subscription, Runnable {
        private final StateSubscriber subscriber;
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private long delivered = -1;
        private boolean ended;
        private volatile @Nullable Thread thread;

        Follower(StateSubscriber subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            for (StateUpdate update = next(); update != null; update = next()) {
                try {
                    subscriber.onUpdate(update);
                } catch (Throwable ignored) {
                    // a differ with a log would log it
                }
            }
            close();
            end.complete(null);
        }

        private @Nullable StateUpdate next() {
            synchronized (PlainState.this) {
                while (delivered == revision() && !ended && !closed) {
                    try {
                        PlainState.this.wait();
                    } catch (InterruptedException stop) {
                        return null;
                    }
                }
                if (ended || delivered == revision()) {
                    return null;
                }
                StateUpdate update = delivered < history.getFirst().revision()
                        ? snapshot()
                        : update(delivered, following(delivered));
                delivered = update.revision();
                return update;
            }
        }

        private StateSnapshot following(long revision) {
            return history.stream()
                    .filter(kept -> kept.revision() == revision + 1)
                    .findFirst()
                    .orElseThrow();
        }

        private void awaitEnd() {
            if (Thread.currentThread() != thread) {
                end.completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS).join();
            }
        }

        @Override
        public void close() {
            synchronized (PlainState.this) {
                ended = true;
                followers.remove(this);
                PlainState.this.notifyAll();
            }
        }
    }
}
