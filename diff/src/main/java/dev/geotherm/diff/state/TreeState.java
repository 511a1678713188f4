package dev.geotherm.diff.state;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.FailureLog;
import dev.geotherm.api.StackRoom;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.StateMetrics;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.compare.MeteredComparison;
import dev.geotherm.diff.json.JsonCopy;
import dev.geotherm.diff.json.JsonValidator;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tracked state: a reference to the newest revision, which is a persistent tree, and the history of deltas that led
 * to it.
 *
 * <p>Its lock is a monitor, which the JVM releases even after a {@link StackOverflowError}: near the end of the stack,
 * the call that releases any other lock could overflow, too.
 */
public final class TreeState implements TrackedState {
    private static final Logger LOG = LoggerFactory.getLogger(TreeState.class);
    private static final long CLOSE_SECONDS = 10;

    /** The stack space for the locks of libraries and the JDK, which a stack overflow would leave held. */
    private static final int STACK_KILOBYTES = 16;

    private final String name;
    private final Clock clock;
    private final MeteredComparison comparison;
    private final DeltaDispatcher dispatcher;
    private final Consumer<TreeState> onClose;
    private final Object lock = new Object();
    private final FailureLog dispatches =
            new FailureLog("a subscriber could not be called; this is retried every second", LOG::error);
    private final FailureLog compositions =
            new FailureLog("deltas cannot be composed; a snapshot replaces them", LOG::error);
    private final FailureLog unserved = new FailureLog(
            "a subscriber did not take every delta before the state closed; it misses the rest", LOG::warn);
    private final DeltaHistory history;
    private final List<DeltaSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private volatile boolean dispatching;
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong historyDeltas = new AtomicLong();
    private final AtomicLong historyBytes = new AtomicLong();
    private boolean editing;
    private volatile StateOptions options;
    private volatile boolean closed;
    private volatile TreeSnapshot newest;

    /**
     * Opens a state.
     *
     * @param comparison compares whole new states
     * @param dispatcher calls the subscribers
     * @param onClose called when the state closes
     */
    public TreeState(
            String name,
            JsonNode initial,
            StateOptions options,
            Clock clock,
            MeteredComparison comparison,
            DeltaDispatcher dispatcher,
            Consumer<TreeState> onClose) {
        this(name, initial, options, clock, comparison, dispatcher, onClose, new DeltaHistory());
    }

    TreeState(
            String name,
            JsonNode initial,
            StateOptions options,
            Clock clock,
            MeteredComparison comparison,
            DeltaDispatcher dispatcher,
            Consumer<TreeState> onClose,
            DeltaHistory history) {
        this.name = name;
        this.options = options;
        this.clock = clock;
        this.comparison = comparison;
        this.dispatcher = dispatcher;
        this.onClose = onClose;
        this.history = history;
        this.newest = TreeSnapshot.of(0, clock.instant(), TreeBuilder.of(initial, new Object()));
    }

    @Override
    public String name() {
        return name;
    }

    /** Applies new options. */
    public void reconfigure(StateOptions next) {
        options = next;
    }

    /**
     * Returns the metrics, even if the state is closed; its subscriptions and its history are not counted then,
     * although some subscriptions may still be ending.
     */
    public StateMetrics metrics() {
        return closed
                ? new StateMetrics(commits.get(), changes.get(), 0, 0, 0)
                : new StateMetrics(
                        commits.get(), changes.get(), subscriptions.size(), historyDeltas.get(), historyBytes.get());
    }

    @Override
    public long revision() {
        return newest.revision();
    }

    @Override
    public StateSnapshot snapshot() {
        return newest;
    }

    @Override
    public RevisionDelta edit(Consumer<StateEditor> edits) {
        requireNonNull(edits, "edits");
        return commit(edits::accept);
    }

    @Override
    public RevisionDelta commit(JsonNode next) {
        return commit((TreeEditor editor) -> {
            if (next.isMissingNode()) {
                JsonValidator.refuse(Pointer.ROOT, next);
            }
            StateDelta delta = comparison.compare(newest.toJson(), next, options.rules());
            for (Change change : delta.changes()) {
                JsonNode after = change.after();
                if (after != null) { // all other values were already in the state
                    JsonValidator.refuse(change.path(), after);
                    JsonValidator.refuseName(change.path());
                }
                editor.replay(
                        after == null
                                ? change
                                : new Change(
                                        change.kind(),
                                        change.path(),
                                        change.from(),
                                        change.before(),
                                        JsonCopy.of(after),
                                        change.magnitude()));
            }
        });
    }

    private interface Edits {
        void make(TreeEditor editor);
    }

    private RevisionDelta commit(Edits edits) {
        RevisionDelta committed;
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the state " + name + " is closed");
            }
            if (editing) {
                throw new IllegalStateException("an edit cannot begin inside another");
            }
            committed = commitLocked(edits);
        }
        notifySubscribers();
        return committed;
    }

    private RevisionDelta commitLocked(Edits edits) {
        TreeSnapshot before = newest;
        TreeEditor editor = new TreeEditor(before.root(), options.rules().changes());
        Object root;
        editing = true;
        try {
            edits.make(editor);
        } finally {
            editing = false;
            root = editor.close();
        }
        StateDelta delta = editor.delta();
        if (delta.isEmpty()) {
            return nothing(before);
        }
        TreeSnapshot after = TreeSnapshot.of(before.revision() + 1, clock.instant(), root);
        RevisionDelta committed =
                new RevisionDelta(before.revision(), after.revision(), after.at(), after.fingerprint(), delta);
        history.add(committed, editor.weight(), options);
        newest = after;
        count(delta.changes().size());
        return committed;
    }

    /** Publishes the counters. There is only one writer at a time, so atomic addition is not needed. */
    private void count(int committed) {
        commits.setRelease(commits.getPlain() + 1);
        changes.setRelease(changes.getPlain() + committed);
        historyDeltas.setRelease(history.size());
        historyBytes.setRelease(history.bytes());
    }

    /**
     * Costs the writer at most one task, regardless of the number of subscribers. Does not throw on failure, because
     * the commit is complete: the dispatcher calls the subscribers within a second.
     */
    private void notifySubscribers() {
        if (subscriptions.isEmpty() || dispatching) {
            return;
        }
        dispatching = true;
        boolean queued = false;
        try {
            queued = dispatcher.execute(this::dispatch);
        } catch (Throwable failed) {
            dispatches.failed(failed);
        } finally {
            if (!queued) {
                dispatching = false; // the next commit tries again
            }
        }
    }

    private void dispatch() {
        dispatching = false;
        subscriptions.forEach(this::signal);
    }

    private void signal(DeltaSubscription subscription) {
        try {
            subscription.signal();
        } catch (Throwable failed) { // the other subscribers still receive their updates
            dispatches.failed(failed);
        }
    }

    private static RevisionDelta nothing(TreeSnapshot now) {
        return new RevisionDelta(now.revision(), now.revision(), now.at(), now.fingerprint(), StateDelta.empty());
    }

    @Override
    public StateUpdate since(long base) {
        TreeSnapshot now = newest;
        if (base < 0 || base > now.revision()) {
            throw new IllegalArgumentException("the revision must be from 0 to " + now.revision() + ", was " + base);
        }
        return base == now.revision() ? nothing(now) : composed(base, now, Long.MAX_VALUE);
    }

    /**
     * Returns the composed delta, or the snapshot if deltas are no longer kept, weigh more than the limit, or cannot be
     * composed.
     */
    private StateUpdate composed(long base, TreeSnapshot now, long most) {
        RevisionDelta delta = null;
        try {
            delta = history.between(base, now.revision(), oldest(), most);
        } catch (RuntimeException | Error failed) {
            compositions.failed(failed);
        }
        return delta != null ? delta : now;
    }

    private Instant oldest() {
        return clock.instant().minus(options.historyAge());
    }

    /**
     * Returns the next update after a revision, or null if it is the newest. The update is the next delta; if the
     * revision is far behind, a composed delta; or the snapshot if that is smaller or the history does not reach back
     * to the revision.
     */
    @Nullable
    StateUpdate next(long base) {
        TreeSnapshot now = newest;
        long behind = now.revision() - base;
        if (behind <= 0) {
            return null;
        } else if (behind > options.subscriberQueue()) {
            return composed(base, now, now.weight());
        }
        RevisionDelta delta = history.next(base);
        return delta != null ? delta : now;
    }

    @Override
    public Subscription subscribe(StateSubscriber subscriber) {
        requireNonNull(subscriber, "subscriber");
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the state " + name + " is closed");
            }
            DeltaSubscription subscription = new DeltaSubscription(this, subscriber, dispatcher, snapshot());
            dispatcher.register(subscription);
            subscriptions.add(subscription);
            signal(subscription);
            return subscription;
        }
    }

    void forget(DeltaSubscription subscription) {
        subscriptions.remove(subscription);
    }

    /** Returns the number of open subscriptions. */
    int subscribers() {
        return subscriptions.size();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        refuse();
        awaitDelivery();
    }

    /** Refuses further commits and releases the name, without waiting for deliveries. */
    public void refuse() {
        requireNoEdit();
        StackRoom.require(STACK_KILOBYTES);
        synchronized (lock) {
            closed = true;
        }
        subscriptions.forEach(this::signal);
        onClose.accept(this);
    }

    /** Throws if the current thread is inside an edit of this state, which would wait for itself. */
    public void requireNoEdit() {
        if (Thread.holdsLock(lock)) {
            throw new IllegalStateException("a state cannot be closed inside an edit");
        }
    }

    /** Waits until every subscriber has received all commits, up to a time limit. */
    public void awaitDelivery() {
        if (dispatcher.isCurrentThread()) {
            return;
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        for (DeltaSubscription subscription : subscriptions) {
            try {
                if (!subscription.awaitEnd(end - System.nanoTime())) {
                    subscription.close();
                    unserved.failed(new TimeoutException(name + " waited " + CLOSE_SECONDS + " s"));
                }
            } catch (InterruptedException wanted) {
                Thread.currentThread().interrupt();
                subscription.close();
            }
        }
    }
}
