package dev.geotherm.diff;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.Change;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDelta;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.diff.WorkingState;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tracked state: a tree that is edited in place under a lock, its fingerprint kept along, its deltas in a history.
 *
 * <p>A snapshot takes the tree as it is; the first edit after it copies the containers on its path, later ones do not.
 */
final class TreeState implements TrackedState {
    private static final Logger LOG = LoggerFactory.getLogger(TreeState.class);
    private static final long CLOSE_SECONDS = 10;

    private final TreeDiffer differ;
    private final ReentrantLock lock = new ReentrantLock();
    private final WorkingState tree;
    private final StateHash hash = new StateHash();
    private final DeltaHistory history = new DeltaHistory();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private Instant at;
    private boolean editing;
    private volatile long revision;
    private volatile boolean closed;
    private volatile @Nullable TreeSnapshot newest;

    TreeState(TreeDiffer differ, JsonNode initial) {
        this.differ = differ;
        this.tree = new WorkingState(JsonCopy.of(initial));
        this.hash.reset(StateHash.of(initial, IgnoredPaths.NONE.root()));
        this.at = differ.now();
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public StateSnapshot snapshot() {
        TreeSnapshot known = newest;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            if (editing) {
                throw new IllegalStateException("no snapshot while this thread edits; use the editor");
            }
            return newestSnapshot();
        } finally {
            lock.unlock();
        }
    }

    private TreeSnapshot newestSnapshot() {
        TreeSnapshot known = newest;
        if (known == null) {
            known = new TreeSnapshot(revision, at, hash.toFingerprint(), tree.share());
            newest = known;
        }
        return known;
    }

    @Override
    public RevisionDelta edit(Consumer<StateEditor> edits) {
        requireNonNull(edits, "edits");
        return commit(edits::accept);
    }

    @Override
    public RevisionDelta commit(JsonNode next) {
        if (next.isMissingNode()) {
            throw new IllegalArgumentException("a missing node is no state");
        }
        return commit((TreeEditor editor) -> {
            StateDelta delta = differ.compareInFull(tree.share(), next);
            for (Change change : delta.changes()) {
                JsonNode after = change.after();
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
        TreeEditor editor = new TreeEditor(tree, hash);
        boolean done = false;
        editing = true;
        try {
            edits.make(editor);
            done = true;
        } finally {
            editing = false;
            editor.close();
            if (!done) {
                editor.undo();
            }
        }
        StateDelta delta = editor.delta();
        if (delta.isEmpty()) {
            return nothing();
        }
        at = differ.now();
        RevisionDelta committed = new RevisionDelta(revision, revision + 1, at, hash.toFingerprint(), delta);
        history.add(committed, differ.settings());
        newest = null;
        revision = committed.revision();
        differ.counters().committed(delta.changes().size());
        followers.forEach(Follower::signal);
        return committed;
    }

    private RevisionDelta nothing() {
        return new RevisionDelta(revision, revision, at, hash.toFingerprint(), StateDelta.empty());
    }

    @Override
    public StateUpdate since(long base) {
        lock.lock();
        try {
            if (base < 0 || base > revision) {
                throw new IllegalArgumentException(
                        "there are revisions from 0 to " + revision + ", asked for those since " + base);
            }
            if (editing) {
                throw new IllegalStateException("no update while this thread edits");
            }
            if (base == revision) {
                return nothing();
            }
            history.prune(differ.now(), differ.settings());
            RevisionDelta composed = history.since(base);
            return composed != null ? composed : newestSnapshot();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the next update for somebody who has a revision, or null if there is none. */
    @Nullable
    StateUpdate next(long base) {
        if (base == revision) {
            return null;
        }
        lock.lock();
        try {
            RevisionDelta delta = history.next(base);
            return delta != null ? delta : newestSnapshot();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Subscription subscribe(StateSubscriber subscriber) {
        requireNonNull(subscriber, "subscriber");
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this state is closed");
            }
            Follower follower = new Follower(this, subscriber, differ.delivery(), snapshot());
            followers.add(follower);
            follower.signal();
            return follower;
        } finally {
            lock.unlock();
        }
    }

    void forget(Follower follower) {
        followers.remove(follower);
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
        lock.lock();
        try {
            if (editing) {
                throw new IllegalStateException("a state cannot be closed within an edit");
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        followers.forEach(Follower::signal);
        differ.forget(this);
    }

    /** Waits until every subscriber has what was committed; one that takes too long is given up. */
    void awaitDelivery() {
        if (differ.delivery().isCurrentThread()) {
            return;
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        for (Follower follower : followers) {
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
