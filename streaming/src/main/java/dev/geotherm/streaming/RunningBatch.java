package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A batch that a worker processes. */
final class RunningBatch<T> implements Batch<T> {
    final List<PendingFragment<T>> pending;
    final Thread worker;
    final long startedNanos;
    final long cost;

    /** The errors of single fragments; used by the worker's thread only. */
    final Map<PendingFragment<T>, Throwable> failures = new HashMap<>();

    private final List<Fragment<T>> fragments;
    private volatile boolean returned;

    RunningBatch(List<PendingFragment<T>> pending, Thread worker, long startedNanos) {
        this.pending = pending;
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
        if (!failFirst(error, one -> one.fragment == fragment)
                && !failFirst(error, one -> one.fragment.equals(fragment))
                && !fragments.contains(fragment)) {
            throw new IllegalArgumentException("fragment " + fragment.id() + " does not belong to this batch");
        }
    }

    /** Records that the processor has returned or thrown. */
    void returned() {
        returned = true;
    }

    private boolean failFirst(Throwable error, Predicate<PendingFragment<T>> meant) {
        for (PendingFragment<T> one : pending) {
            if (!failures.containsKey(one) && meant.test(one)) {
                failures.put(one, error);
                return true;
            }
        }
        return false;
    }
}
