package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.RefusedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The producers' side of a queue. While the {@link AdmissionBounds} allow it, a producer adds its fragment to the {@link Inbox}
 * without a lock; otherwise, it decides with the queue's monitor held.
 *
 * <p>A producer can run out of stack or memory at any call: its fragment is accepted completely or not at all. If the status was
 * not updated afterwards, the next fragment or batch updates it.
 */
final class Intake<T> {
    /** The time that a producer has to publish a fragment before a worker checks again. */
    private static final long PUBLICATION_NANOS = 20_000;

    private final PipelineSpec<T> spec;
    private final LongSupplier nanoTime;
    private final Object monitor;
    private final Lanes<T> lanes;
    private final PipelineStatus<T> status;
    private final Runnable update;
    private final FragmentAdmission<T> admission;
    private final Inbox<T> inbox;
    private final AdmissionBounds gate = new AdmissionBounds();
    private final StandbyWorker standby;
    private final WaitingThreads notFull;

    /** Whether any fragment so far had a deadline. */
    private volatile boolean seesDeadlines;

    /** Whether fragments of a key keep their order. */
    private volatile boolean ordersKeys;

    /** The total time that producers have waited; guarded by the monitor. */
    private long putNanos;

    /**
     * Creates an intake with a closed gate.
     *
     * @param monitor guards the lanes and the status
     * @param update updates what depends on the lanes, with the monitor held
     */
    Intake(
            PipelineSpec<T> spec,
            LongSupplier nanoTime,
            Object monitor,
            FragmentSlots<T> slots,
            Lanes<T> lanes,
            PipelineStatus<T> status,
            StandbyWorker standby,
            Runnable update,
            FragmentAdmission<T> admission) {
        this.spec = spec;
        this.nanoTime = nanoTime;
        this.monitor = monitor;
        this.lanes = lanes;
        this.status = status;
        this.standby = standby;
        this.update = update;
        this.admission = admission;
        this.inbox = new Inbox<>(slots, nanoTime, spec.hasKey());
        this.notFull = new WaitingThreads(monitor);
    }

    // ---- producers ----

    /** Accepts or refuses a fragment as {@code put} does. */
    void putOrRefuse(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) throws InterruptedException {
        requireNonNull(fragment, "fragment");
        if (!admission.isNeeded(fragment)) {
            boolean ignored = put(fragment, outcome, Long.MAX_VALUE, true);
            return;
        }
        admission.require(fragment);
        if (status.refusesWhenCritical()) {
            if (!putIfRoom(fragment, outcome)) {
                admission.refuse(fragment, Offer.REFUSED_FULL);
            }
        } else if (!put(fragment, outcome, admission.nanosUntil(fragment.deadline()), true)) {
            admission.refuse(fragment, Offer.REFUSED_DEADLINE);
        }
    }

    /**
     * Throws if a fragment would be late, or if the level is critical and fragments are refused in that case.
     *
     * @throws RefusedException if the fragment is refused
     */
    void requireAdmission(Fragment<T> fragment) {
        admission.require(fragment);
    }

    /** Accepts a fragment, whatever its deadline; waits while there is no room. */
    void put(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) throws InterruptedException {
        boolean ignored = put(fragment, outcome, Long.MAX_VALUE, false);
    }

    /**
     * Accepts a fragment; waits for room for at most the given time; returns whether the fragment was accepted.
     *
     * @param refusable whether it is refused if new settings refuse fragments while it waits
     */
    private boolean put(
            Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome, long nanos, boolean refusable)
            throws InterruptedException {
        requireNonNull(fragment, "fragment");
        noteDeadline(fragment);
        long cost = spec.costOf(fragment);
        long bytes = spec.bytesOf(fragment);
        Turn<T> turn = turnOf(fragment);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        standby.requireRoom();
        boolean accepted = addThrough(gate.limit, fragment, outcome, turn, cost, bytes)
                || acceptUnlessOthersWaitForLong(fragment, outcome, turn, cost, bytes)
                || awaitRoom(fragment, outcome, turn, cost, bytes, nanos, refusable);
        standby.wake();
        return accepted;
    }

    /** Sets whether fragments accepted from now on keep the order of their key, if the specification has keys. */
    void orderKeys(boolean orders) {
        ordersKeys = orders && spec.hasKey();
    }

    private @Nullable Turn<T> turnOf(Fragment<T> fragment) {
        String key = ordersKeys ? spec.keyOf(fragment) : null;
        return key == null ? null : new Turn<>(key);
    }

    private void noteDeadline(Fragment<T> fragment) {
        if (fragment.deadline() != null && !seesDeadlines) {
            seesDeadlines = true;
        }
    }

    /** Returns whether any fragment so far had a deadline. */
    boolean seesDeadlines() {
        return seesDeadlines;
    }

    /** Accepts a fragment if there is room, whatever its deadline; returns whether there was. */
    boolean putIfRoom(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) {
        noteDeadline(fragment);
        long cost = spec.costOf(fragment);
        long bytes = spec.bytesOf(fragment);
        Turn<T> turn = turnOf(fragment);
        standby.requireRoom();
        boolean accepted = addThrough(gate.limit, fragment, outcome, turn, cost, bytes)
                || acceptIfThereIsRoom(fragment, outcome, turn, cost, bytes);
        if (accepted) {
            standby.wake();
        }
        return accepted;
    }

    Offer offer(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) {
        requireNonNull(fragment, "fragment");
        long cost = spec.costOf(fragment);
        long bytes = spec.bytesOf(fragment);
        Turn<T> turn = turnOf(fragment);
        noteDeadline(fragment);
        standby.requireRoom();
        Offer answer =
                !admission.isNeeded(fragment) && addThrough(gate.offerLimit, fragment, outcome, turn, cost, bytes)
                        ? Offer.ACCEPTED
                        : answer(fragment, outcome, turn, cost, bytes);
        if (answer.accepted()) {
            standby.wake();
        } else {
            admission.countRefused();
        }
        return answer;
    }

    private boolean addThrough(
            long limit,
            Fragment<T> fragment,
            @Nullable CompletableFuture<Outcome> outcome,
            @Nullable Turn<T> turn,
            long cost,
            long bytes) {
        return bytes <= gate.bytesEach && inbox.add(fragment, outcome, turn, cost, bytes, limit, gate.left);
    }

    /** Returns whether the pipeline still accepts fragments. */
    boolean isAccepting() {
        synchronized (monitor) {
            return status.isAccepting();
        }
    }

    /** Returns the answer that an offer would get now. */
    Offer answer(Fragment<T> fragment) {
        synchronized (monitor) {
            if (!status.isAccepting()) {
                return Offer.REFUSED_CLOSED;
            }
            moveToLanes();
            Offer answer = admission.isNeeded(fragment) ? admission.answer(fragment) : Offer.ACCEPTED;
            return answer.accepted() ? status.answer(queued(), lanes.bytes(), fragment.priority()) : answer;
        }
    }

    private Offer answer(
            Fragment<T> fragment,
            @Nullable CompletableFuture<Outcome> outcome,
            @Nullable Turn<T> turn,
            long cost,
            long bytes) {
        synchronized (monitor) {
            Offer answer = answer(fragment);
            return answer.accepted() && !accept(fragment, outcome, turn, cost, bytes) ? Offer.REFUSED_FULL : answer;
        }
    }

    private boolean acceptUnlessOthersWaitForLong(
            Fragment<T> fragment,
            @Nullable CompletableFuture<Outcome> outcome,
            @Nullable Turn<T> turn,
            long cost,
            long bytes) {
        synchronized (monitor) {
            return notFull.mayOvertake() && acceptIfThereIsRoom(fragment, outcome, turn, cost, bytes);
        }
    }

    private boolean awaitRoom(
            Fragment<T> fragment,
            @Nullable CompletableFuture<Outcome> outcome,
            @Nullable Turn<T> turn,
            long cost,
            long bytes,
            long nanos,
            boolean refusable)
            throws InterruptedException {
        long start = nanoTime.getAsLong();
        try {
            return notFull.await(
                    () -> {
                        boolean refuses = refusable && status.refusesWhenCritical(); // by new settings, while it waits
                        if (refuses) {
                            admission.require(fragment);
                        }
                        boolean accepted = acceptIfThereIsRoom(fragment, outcome, turn, cost, bytes);
                        if (refuses && !accepted) {
                            admission.refuse(fragment, Offer.REFUSED_FULL);
                        }
                        return accepted;
                    },
                    nanos);
        } finally {
            long end = nanoTime.getAsLong();
            synchronized (monitor) {
                putNanos += end - start;
            }
        }
    }

    private boolean acceptIfThereIsRoom(
            Fragment<T> fragment,
            @Nullable CompletableFuture<Outcome> outcome,
            @Nullable Turn<T> turn,
            long cost,
            long bytes) {
        synchronized (monitor) {
            status.requireAccepting();
            moveToLanes();
            return !status.isFull(queued(), lanes.bytes()) && accept(fragment, outcome, turn, cost, bytes);
        }
    }

    /** Adds a fragment, unless others have just taken the room. */
    private boolean accept(
            Fragment<T> fragment,
            @Nullable CompletableFuture<Outcome> outcome,
            @Nullable Turn<T> turn,
            long cost,
            long bytes) {
        long room = Math.min(Inbox.SIZE, (long) status.capacity() - lanes.size());
        if (!inbox.add(fragment, outcome, turn, cost, bytes, inbox.moved() + room, left(inbox.moved(), lanes.size()))) {
            return false;
        }
        try {
            update.run();
        } catch (VirtualMachineError tooLittleStackOrMemory) {
            shut(); // so that the next fragment updates the status
        }
        return true;
    }

    // ---- with the monitor held ----

    /** Moves the fragments that have arrived to their lanes. */
    void moveToLanes() {
        inbox.moveTo(lanes);
    }

    /** Returns the nanoseconds until a fragment is expected to arrive: few if a producer is adding one. */
    long nanosUntilArrival() {
        return inbox.size() > 0 ? PUBLICATION_NANOS : Long.MAX_VALUE;
    }

    /** Opens the gate up to where a level or the state changes, or where the queue is full. */
    void open() {
        long moved = inbox.moved();
        long size = lanes.size();
        long room = status.isAccepting() ? Math.min(Inbox.SIZE, Math.max(0, status.nextFragments() - 1 - size)) : 0;
        gate.bytesEach = (status.nextBytes() - 1 - lanes.bytes()) / Math.max(1, room);
        gate.left = left(moved, size);
        gate.limit = notFull.mayOvertake() ? moved + room : 0;
        gate.offerLimit = status.acceptsOffers() ? moved + room : 0;
    }

    /** Returns how many fragments have left the queue; if the level follows ages, more, so that fragments share no timestamps. */
    private long left(long moved, long size) {
        return status.ageLimit() > 0 ? Long.MAX_VALUE / 2 : moved - size;
    }

    /** Closes the gate until it is opened again. */
    void shut() {
        gate.limit = 0;
        gate.offerLimit = 0;
    }

    /** Makes as many waiting producers try again as fragments have left the queue. */
    void signal(int room) {
        notFull.signal(room);
    }

    /** Makes all waiting producers try again. */
    void signalAll() {
        notFull.signalAll();
    }

    /** Refuses fragments from now on. */
    void close() {
        shut();
        inbox.close();
        notFull.signalAll();
    }

    /** After {@link #close}, waits for producers that are about to publish a fragment, and moves all fragments to their lanes. */
    void moveRestToLanes() {
        moveToLanes();
        while (inbox.size() > 0) {
            Thread.onSpinWait();
            moveToLanes();
        }
    }

    /** Returns the number of fragments in the queue. */
    int queued() {
        return lanes.size() + inbox.size();
    }

    /** Returns the number of fragments accepted so far. */
    long accepted() {
        return inbox.added();
    }

    void addTo(MetricsBuilder<PipelineMetrics> metrics) {
        moveToLanes();
        long accepted = inbox.added();
        metrics.set("accepted", accepted)
                .set("refused", admission.refused())
                .set("queued", (int) (lanes.size() + accepted - inbox.moved()))
                .set("queuedBytes", lanes.bytes())
                .set("capacity", status.capacity())
                .set("putTime", Duration.ofNanos(putNanos));
    }
}
