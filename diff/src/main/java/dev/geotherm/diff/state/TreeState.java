package dev.geotherm.diff.state;

import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.json.JsonCopy;
import dev.geotherm.diff.json.JsonValidator;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tracked state: a persistent tree, whose newest revision is one reference, and the deltas that led there. */
public final class TreeState implements TrackedState {
    private static final Logger LOG = LoggerFactory.getLogger(TreeState.class);
    private static final long CLOSE_SECONDS = 10;

    private final TreeDiffer differ;
    private final ReentrantLock lock = new ReentrantLock();
    private final DeltaHistory history;
    private final DeltaDelivery delivery;
    private final List<DeltaSubscription> followers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean dispatching = new AtomicBoolean();
    private boolean editing;
    private volatile boolean closed;
    private volatile TreeSnapshot newest;

    TreeState(TreeDiffer differ, JsonNode initial) {
        this(differ, initial, new DeltaHistory(), differ.delivery());
    }

    TreeState(TreeDiffer differ, JsonNode initial, DeltaHistory history, DeltaDelivery delivery) {
        this.differ = differ;
        this.history = history;
        this.delivery = delivery;
        this.newest = TreeSnapshot.of(0, differ.now(), TreeBuilder.of(initial, new Object()));
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
            StateDelta delta = differ.compareInFull(newest.toJson(), next);
            for (Change change : delta.changes()) {
                JsonNode after = change.after();
                if (after != null) { // of the rest it has been asked before
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
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this state is closed");
            }
            if (editing) {
                throw new IllegalStateException("one edit cannot begin within another");
            }
            return commitLocked(edits);
        } finally {
            lock.unlock();
        }
    }

    private RevisionDelta commitLocked(Edits edits) {
        TreeSnapshot before = newest;
        TreeEditor editor = new TreeEditor(before.root(), differ.telling());
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
        TreeSnapshot after = TreeSnapshot.of(before.revision() + 1, differ.now(), root);
        RevisionDelta committed =
                new RevisionDelta(before.revision(), after.revision(), after.at(), after.fingerprint(), delta);
        history.add(committed, editor.weight(), differ.settings());
        newest = after;
        differ.counters().committed(delta.changes().size());
        tellFollowers();
        return committed;
    }

    /** Costs the writer one task at most, however many there are. */
    private void tellFollowers() {
        if (!followers.isEmpty() && dispatching.compareAndSet(false, true)) {
            delivery.execute(() -> {
                dispatching.set(false);
                followers.forEach(DeltaSubscription::signal);
            });
        }
    }

    private static RevisionDelta nothing(TreeSnapshot now) {
        return new RevisionDelta(now.revision(), now.revision(), now.at(), now.fingerprint(), StateDelta.empty());
    }

    @Override
    public StateUpdate since(long base) {
        TreeSnapshot now = newest;
        if (base < 0 || base > now.revision()) {
            throw new IllegalArgumentException(
                    "there are revisions from 0 to " + now.revision() + ", asked for those since " + base);
        }
        return base == now.revision() ? nothing(now) : composed(base, now, Long.MAX_VALUE);
    }

    /** Returns all deltas in one, or the snapshot if they are forgotten, weigh more than so many bytes, or cannot be made one. */
    private StateUpdate composed(long base, TreeSnapshot now, long most) {
        RevisionDelta delta = null;
        try {
            delta = history.between(base, now.revision(), oldest(), most);
        } catch (RuntimeException | Error failed) {
            LOG.error(
                    "the deltas from revision {} to {} could not be made one; the snapshot takes their place",
                    base,
                    now.revision(),
                    failed);
        }
        return delta != null ? delta : now;
    }

    private Instant oldest() {
        return differ.now().minus(differ.settings().historyAge());
    }

    /**
     * Returns the next update for somebody who has a revision, or null if there is none: the next delta, or for who is
     * far behind all of them in one, or the snapshot where that is smaller or history does not reach back so far.
     */
    @Nullable
    StateUpdate next(long base) {
        TreeSnapshot now = newest;
        long behind = now.revision() - base;
        if (behind <= 0) {
            return null;
        } else if (behind > differ.settings().subscriberQueue()) {
            return composed(base, now, now.weight());
        }
        RevisionDelta delta = history.next(base);
        return delta != null ? delta : now;
    }

    @Override
    public Subscription subscribe(StateSubscriber subscriber) {
        requireNonNull(subscriber, "subscriber");
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this state is closed");
            }
            DeltaSubscription follower = new DeltaSubscription(this, subscriber, delivery, snapshot());
            followers.add(follower);
            follower.signal();
            return follower;
        } finally {
            lock.unlock();
        }
    }

    void forget(DeltaSubscription follower) {
        followers.remove(follower);
    }

    /** Returns how many subscriptions have not ended. */
    int followers() {
        return followers.size();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        refuse();
        awaitDelivery();
    }

    /** Refuses further commits, without waiting for deliveries. */
    void refuse() {
        requireNoEdit();
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        followers.forEach(DeltaSubscription::signal);
        differ.forget(this);
    }

    /** Throws if the calling thread is within an edit of this state, which would wait for itself. */
    void requireNoEdit() {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a state cannot be closed within an edit");
        }
    }

    /** Waits until every subscriber has what was committed; one that takes too long is given up. */
    void awaitDelivery() {
        if (delivery.isCurrentThread()) {
            return;
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        for (DeltaSubscription follower : followers) {
            try {
                if (!follower.awaitEnd(end - System.nanoTime())) {
                    LOG.warn("a subscriber has not taken every delta within {} s; it is given up", CLOSE_SECONDS);
                    follower.close();
                }
            } catch (InterruptedException wanted) {
                Thread.currentThread().interrupt();
                follower.close();
            }
        }
    }
}
