package dev.geotherm.streaming;

import dev.geotherm.api.streaming.FailureClassifier;
import dev.geotherm.api.streaming.FailureKind;
import dev.geotherm.api.streaming.Fragment;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch that a worker processes. The worker reuses it for each batch, so that a batch costs few bytes. Guarded by the
 * queue's monitor, except for what only the worker's thread uses.
 */
final class RunningBatch<T> {
    private final FailureClassifier classifier;
    private final FragmentSlots<T> slots;

    /** The numbers of the pending fragments. */
    private int[] pending = new int[0];

    private @Nullable Fragment<T>[] fragments = newFragments(0);
    private int size;

    /** The number of leading fragments that are given to the processor; the others have expired. */
    private int live;

    /** The number of leading fragments that have no outcome and did not go back to the queue. */
    int left;

    /** Whether the batch as a whole was recorded when it ended. */
    boolean recorded;

    /** The pace at which fragments arrive at its worker. */
    final ArrivalPace pace = new ArrivalPace();

    volatile Thread worker = Thread.currentThread();
    long startedNanos;
    long cost;

    /** Whether any of its fragments is marked, because it has a history or its outcome is awaited. */
    private boolean marked;

    /** Whether its processor has not returned long after the timeout. */
    boolean stuck;

    /** Whether it is a trial in an outage. */
    boolean trial;

    /** The numbers of the groups of its two halves, if it fails as a whole. */
    long firstHalf;

    long secondHalf;

    /** Whether it is inside the processor. */
    volatile boolean processing;

    /** The outcomes that its worker has to report. */
    final SettledFragments<T> settled = new SettledFragments<>();

    /** The processor's view of it; used by the worker's thread only, like the failures. */
    private BatchView<T> view = new BatchView<>(this, fragments, 0);

    private @Nullable Throwable thrown;

    /** The failures of single fragments by their index; null if there are none. */
    private @Nullable Map<Integer, Failure> failures;

    /** The indexes of the fragments that were processed without an effect; null if there are none. */
    private @Nullable BitSet unchanged;

    RunningBatch(FragmentSlots<T> slots, FailureClassifier classifier) {
        this.slots = slots;
        this.classifier = classifier;
    }

    @SuppressWarnings("unchecked") // generic arrays cannot be created otherwise
    private static <T> @Nullable Fragment<T>[] newFragments(int length) {
        return (Fragment<T>[]) new Fragment<?>[length];
    }

    /**
     * Prepares an empty batch with room for a number of fragments. If this fails, because the heap is full, nothing has changed.
     */
    void prepare(int most) {
        if (pending.length < most) {
            int[] larger = new int[most];
            fragments = newFragments(most);
            pending = larger;
        }
        view = new BatchView<>(this, fragments, 0);
        failures = null;
        unchanged = null;
        thrown = null;
        size = 0;
        left = 0;
        cost = 0;
        recorded = false;
        stuck = false;
        marked = false;
    }

    /** Adds fragments after their numbers were appended to {@link #numbers}. */
    void added(int count, long theirCost, boolean areMarked) {
        size += count;
        left = size;
        cost += theirCost;
        marked |= areMarked;
    }

    void start(Thread newWorker, boolean isTrial, long now) {
        worker = newWorker;
        trial = isTrial;
        startedNanos = now;
        live = size;
        slots.copyFragments(pending, size, fragments);
        view.size = size;
    }

    /** Moves expired fragments behind the others, and hides them from the processor. Cannot fail. */
    void expire(Instant now) {
        PendingFragment<T> expired = null;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            PendingFragment<T> one = get(i);
            Instant deadline = one.fragment().deadline();
            if (deadline == null || deadline.compareTo(now) > 0) {
                set(kept++, one);
            } else {
                one.next = expired;
                expired = one;
                cost -= one.cost();
            }
        }
        live = kept;
        view.size = kept;
        while (expired != null) {
            PendingFragment<T> one = expired;
            expired = one.next;
            one.next = null;
            set(kept++, one);
        }
    }

    private void set(int index, PendingFragment<T> fragment) {
        pending[index] = fragment.number;
        fragments[index] = fragment.fragment();
    }

    /** Returns the number of fragments that are given to the processor. */
    int live() {
        return live;
    }

    int size() {
        return size;
    }

    /** Returns the number of the pending fragment at an index. */
    int number(int index) {
        return pending[index];
    }

    /** Returns the array with the numbers of the pending fragments, and the room that was prepared for more. */
    int[] numbers() {
        return pending;
    }

    /** Returns whether none of its fragments has a history or an outcome that is awaited, and none has expired. */
    boolean isPlain() {
        return !marked && live == size && left == size;
    }

    PendingFragment<T> get(int index) {
        return slots.get(pending[index]);
    }

    /** Returns the processor's view. */
    BatchView<T> view() {
        return view;
    }

    /** Records that the processor has returned or thrown. */
    void returned(@Nullable Throwable newThrown) {
        view.end();
        thrown = newThrown;
    }

    /** Clears the references to the fragments after the end. */
    void clear() {
        Arrays.fill(fragments, 0, size, null);
        size = 0;
    }

    void fail(int index, Throwable error) {
        fail(index, Failure.of(error, classifier));
    }

    /** Fails a fragment without a retry. */
    void failFinally(int index, Throwable error) {
        fail(index, new Failure(error, FailureKind.FINAL));
    }

    private void fail(int index, Failure failure) {
        if (failures == null) {
            failures = new HashMap<>();
        }
        failures.put(index, failure);
    }

    void markUnchanged(int index) {
        if (unchanged == null) {
            unchanged = new BitSet();
        }
        unchanged.set(index);
    }

    boolean isUnchanged(int index) {
        return unchanged != null && unchanged.get(index);
    }

    /** Returns the number of fragments that were processed without an effect. */
    int unchanged() {
        return unchanged == null ? 0 : unchanged.cardinality();
    }

    boolean isMarked(int index) {
        return isUnchanged(index) || hasFailed(index);
    }

    boolean hasFailed(int index) {
        return failures != null && failures.containsKey(index);
    }

    /** Returns the failure of a single fragment, if any. */
    @Nullable
    Failure failure(int index) {
        return failures == null ? null : failures.get(index);
    }

    /** Returns the number of single fragments that failed. */
    int failed() {
        return failures == null ? 0 : failures.size();
    }

    /** Returns the failure of the batch as a whole, if any. */
    @Nullable
    Failure failure() {
        if (thrown != null) {
            return Failure.of(thrown, classifier);
        }
        if (failures == null
                || failures.size() < live
                || !failures.values().stream().allMatch(Failure::isUnavailable)) {
            return null;
        }
        return failures.values().iterator().next();
    }
}
