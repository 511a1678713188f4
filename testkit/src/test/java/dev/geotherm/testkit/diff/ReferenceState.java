package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.StackRoom;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.StateMetrics;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.Patience;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A tracked state that keeps every delta and makes a copy for each edit. */
class ReferenceState implements TrackedState {
    private static final int STACK_KILOBYTES = 16;

    final ReferenceDiffer differ;
    private final String name;
    private final DifferLimits limits;
    private long changes;
    private final List<RevisionDelta> history = new ArrayList<>();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private JsonNode current;
    private Instant at;
    private boolean closed;

    private record Snapshot(long revision, Instant at, Fingerprint fingerprint, JsonNode toJson)
            implements StateSnapshot {
        @Override
        public JsonNode get(Pointer path) {
            return path.in(toJson);
        }
    }

    ReferenceState(ReferenceDiffer differ, String name, JsonNode initial) {
        this.differ = differ;
        this.name = name;
        this.limits = differ.limits(name);
        this.current = initial;
        this.at = differ.now();
    }

    @Override
    public String name() {
        return name;
    }

    synchronized StateMetrics metrics() {
        int kept = closed ? 0 : history.size();
        return new StateMetrics(history.size(), changes, followers.size(), kept, closed ? 0 : changes);
    }

    @Override
    public synchronized long revision() {
        return history.size();
    }

    @Override
    public synchronized StateSnapshot snapshot() {
        return new Snapshot(history.size(), at, fingerprint(), current);
    }

    private Fingerprint fingerprint() {
        return ReferenceHash.of(current, List.of());
    }

    @Override
    public synchronized RevisionDelta edit(Consumer<StateEditor> edits) {
        requireOpen();
        ReferenceEditor editor = newEditor(current);
        edits.accept(editor);
        return commit(new StateDelta(editor.changes()), editor.result());
    }

    @Override
    public synchronized RevisionDelta commit(JsonNode next) {
        requireOpen();
        newEditor(next).check(Pointer.ROOT, next);
        JsonNode copy = copyOfCommitted(next);
        JsonNode gone = differ.limits.shape().reversible() ? current : null;
        Change whole = Change.replaced(ChangeKind.ofReplacement(current, copy), Pointer.ROOT, gone, copy, 1);
        return commit(new StateDelta(List.of(whole)), copy);
    }

    ReferenceEditor newEditor(JsonNode state) {
        return new ReferenceEditor(state, differ.limits);
    }

    JsonNode copyOfCommitted(JsonNode next) {
        return next.deepCopy();
    }

    private RevisionDelta commit(StateDelta delta, JsonNode next) {
        if (JsonEquality.same(current, next)) {
            return nothing();
        }
        RevisionDelta committed = new RevisionDelta(
                history.size(), history.size() + 1, differ.now(), ReferenceHash.of(next, List.of()), delta);
        StackRoom.require(STACK_KILOBYTES);
        current = next;
        at = committed.at();
        changes += delta.changes().size();
        history.add(committed);
        followers.forEach(Follower::signal);
        return committed;
    }

    private RevisionDelta nothing() {
        return new RevisionDelta(history.size(), history.size(), at, fingerprint(), StateDelta.empty());
    }

    @Override
    public synchronized StateUpdate since(long revision) {
        if (revision < 0 || revision > history.size()) {
            throw new IllegalArgumentException("no revision " + revision);
        }
        if (revision == history.size()) {
            return nothing();
        }
        if (isForgotten(revision)) {
            return snapshot();
        }
        List<Change> changes = new ArrayList<>();
        history.subList((int) revision, history.size())
                .forEach(delta -> changes.addAll(delta.delta().changes()));
        return new RevisionDelta(revision, history.size(), at, fingerprint(), new StateDelta(changes));
    }

    boolean isForgotten(long revision) {
        return revision() - revision > limits.historyRevisions();
    }

    /** Returns the update for a subscriber that is far behind. */
    StateUpdate inOne(long base) {
        StateUpdate all = since(base);
        boolean large = all instanceof RevisionDelta delta && sizeOf(delta.delta()) > sizeOf(current);
        return large ? snapshot() : all;
    }

    long sizeOf(StateDelta delta) {
        return delta.changes().stream()
                .mapToLong(change -> sizeOf(change.before()) + sizeOf(change.after()))
                .sum();
    }

    private static long sizeOf(JsonNode value) {
        return value == null ? 0 : value.toString().length();
    }

    boolean endsAtAFailure() {
        return false;
    }

    /** Returns an executor that calls one subscriber. */
    ExecutorService newThread() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        });
    }

    void end(ExecutorService thread) {
        thread.shutdown();
    }

    void awaitDelivery() throws InterruptedException, ExecutionException, TimeoutException {
        for (Follower follower : followers) {
            follower.thread.submit(() -> {}).get(Patience.limit().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized Subscription subscribe(StateSubscriber subscriber) {
        requireOpen();
        Follower follower = new Follower(subscriber);
        followers.add(follower);
        follower.signal();
        return follower;
    }

    @Override
    public void close() {
        StackRoom.require(STACK_KILOBYTES);
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            awaitDelivery();
            followers.forEach(Follower::close);
            differ.closed(this);
        } catch (InterruptedException | ExecutionException | TimeoutException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }

    private final class Follower implements Subscription {
        private final StateSubscriber subscriber;
        private final ExecutorService thread = newThread();
        private long delivered = -1;
        private volatile boolean ended;

        Follower(StateSubscriber subscriber) {
            this.subscriber = subscriber;
        }

        void signal() {
            try {
                thread.execute(this::deliver);
            } catch (RejectedExecutionException closing) {
                ended = true;
            }
        }

        private void deliver() {
            for (StateUpdate update = next(); update != null; update = next()) {
                try {
                    subscriber.onUpdate(update);
                } catch (RuntimeException | Error failed) {
                    ended |= endsAtAFailure();
                }
            }
        }

        private StateUpdate next() {
            synchronized (ReferenceState.this) {
                if (ended || delivered == history.size()) {
                    return null;
                }
                boolean behind = delivered < 0 || history.size() - delivered > limits.historyRevisions();
                StateUpdate update = behind
                        ? snapshot()
                        : history.size() - delivered > differ.limits.subscriberQueue()
                                ? inOne(delivered)
                                : history.get((int) delivered);
                delivered = update.revision();
                return update;
            }
        }

        @Override
        public void close() {
            ended = true;
            followers.remove(this);
            end(thread);
        }
    }
}
