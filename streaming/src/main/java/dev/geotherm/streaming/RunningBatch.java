package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A batch in the hands of a worker. */
final class RunningBatch<T> implements Batch<T> {
    final List<PendingFragment<T>> entries;
    final Thread worker;
    final long startedNanos;

    /** What the processor said about single fragments; used by the worker's thread only. */
    final Map<PendingFragment<T>, Throwable> failures = new HashMap<>();

    private final List<Fragment<T>> fragments;
    private volatile boolean returned;

    RunningBatch(List<PendingFragment<T>> entries, Thread worker, long startedNanos) {
        this.entries = entries;
        this.worker = worker;
        this.startedNanos = startedNanos;
        this.fragments = entries.stream().map(entry -> entry.fragment).toList();
    }

    @Override
    public List<Fragment<T>> fragments() {
        return fragments;
    }

    /** One fragment may be in a batch more than once: each call is about one that has not failed yet, if there is any. */
    @Override
    @SuppressWarnings("ReferenceEquality") // the very fragment first, then an equal one
    public void fail(Fragment<T> fragment, Throwable error) {
        requireNonNull(fragment, "fragment");
        requireNonNull(error, "error");
        if (returned) {
            throw new IllegalStateException(
                    "the batch of fragment " + fragment.id() + " is over: fail fragments before the processor returns");
        }
        if (!failFirst(error, entry -> entry.fragment == fragment)
                && !failFirst(error, entry -> entry.fragment.equals(fragment))
                && !fragments.contains(fragment)) {
            throw new IllegalArgumentException("fragment " + fragment.id() + " is not of this batch");
        }
    }

    /** Notes that the processor has returned or thrown. */
    void returned() {
        returned = true;
    }

    private boolean failFirst(Throwable error, Predicate<PendingFragment<T>> meant) {
        for (PendingFragment<T> entry : entries) {
            if (!failures.containsKey(entry) && meant.test(entry)) {
                failures.put(entry, error);
                return true;
            }
        }
        return false;
    }
}
