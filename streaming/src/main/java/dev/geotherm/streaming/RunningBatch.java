package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.FailureClassifier;
import dev.geotherm.api.streaming.Fragment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A batch that a worker processes. */
final class RunningBatch<T> implements Batch<T> {
    final List<PendingFragment<T>> pending;
    final Thread worker;
    final long startedNanos;
    final long cost;

    /** Whether its processor has not returned for long after the timeout. */
    boolean stuck;

    /** Whether it is a trial in an outage. */
    final boolean trial;

    /** The failures of single fragments; used by the worker's thread only. */
    final Map<PendingFragment<T>, Failure> failures = new HashMap<>();

    private final FailureClassifier classifier;
    private final List<Fragment<T>> fragments;
    private volatile boolean returned;

    RunningBatch(
            List<PendingFragment<T>> pending,
            boolean trial,
            FailureClassifier classifier,
            Thread worker,
            long startedNanos) {
        this.pending = pending;
        this.trial = trial;
        this.classifier = classifier;
        this.worker = worker;
        this.startedNanos = startedNanos;
        this.cost = pending.stream().mapToLong(one -> one.cost).sum();
        this.fragments = pending.stream().map(one -> one.fragment).toList();
    }

    @Override
    public List<Fragment<T>> fragments() {
        return fragments;
    }

    /** A batch can contain a fragment more than once: each call fails one that has not failed yet, if there is one. */
    @Override
    @SuppressWarnings("ReferenceEquality") // the same object first, then an equal one
    public void fail(Fragment<T> fragment, Throwable error) {
        requireNonNull(fragment, "fragment");
        requireNonNull(error, "error");
        if (returned) {
            throw new IllegalStateException("the batch of fragment " + fragment.id()
                    + " has ended: fail fragments before the processor returns");
        }
        Failure failure = Failure.of(error, classifier);
        if (!failFirst(failure, one -> one.fragment == fragment)
                && !failFirst(failure, one -> one.fragment.equals(fragment))
                && !fragments.contains(fragment)) {
            throw new IllegalArgumentException("fragment " + fragment.id() + " does not belong to this batch");
        }
    }

    /** Records that the processor has returned or thrown, and returns the failure of the batch as a whole, if any. */
    @Nullable
    Failure returned(@Nullable Throwable thrown) {
        returned = true;
        if (thrown != null) {
            return Failure.of(thrown, classifier);
        }
        boolean unavailable =
                failures.size() == pending.size() && failures.values().stream().allMatch(Failure::isUnavailable);
        return unavailable ? failures.values().iterator().next() : null;
    }

    private boolean failFirst(Failure failure, Predicate<PendingFragment<T>> meant) {
        for (PendingFragment<T> one : pending) {
            if (!failures.containsKey(one) && meant.test(one)) {
                failures.put(one, failure);
                return true;
            }
        }
        return false;
    }
}
