package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A processor's view of a running batch, valid until it returns; to save an object, it is also the list of fragments. */
final class BatchView<T> extends AbstractList<Fragment<T>> implements Batch<T>, RandomAccess {
    private final RunningBatch<T> batch;
    private final @Nullable Fragment<T>[] fragments;
    int size;
    private volatile boolean ended;

    BatchView(RunningBatch<T> batch, @Nullable Fragment<T>[] fragments, int size) {
        this.batch = batch;
        this.fragments = fragments;
        this.size = size;
    }

    void end() {
        ended = true;
    }

    @Override
    public List<Fragment<T>> fragments() {
        return this;
    }

    @Override
    public Fragment<T> get(int index) {
        Fragment<T> fragment = fragments[Objects.checkIndex(index, size)];
        if (ended || fragment == null) {
            throw new IllegalStateException(
                    "the batch has ended: copy fragments that you need after the processor returns");
        }
        return fragment;
    }

    @Override
    public int size() {
        return size;
    }

    /** A batch can contain a fragment more than once: each call fails one that has not failed yet, if there is one. */
    @Override
    @SuppressWarnings("ReferenceEquality") // the same object first, then an equal one
    public void fail(Fragment<T> fragment, Throwable error) {
        requireNonNull(fragment, "fragment");
        requireNonNull(error, "error");
        if (ended) {
            throw new IllegalStateException("the batch of fragment " + fragment.id()
                    + " has ended: fail fragments before the processor returns");
        }
        if (!failFirst(error, one -> one == fragment) && !failFirst(error, fragment::equals) && !contains(fragment)) {
            throw new IllegalArgumentException("fragment " + fragment.id() + " does not belong to this batch");
        }
    }

    private boolean failFirst(Throwable error, Predicate<Fragment<T>> meant) {
        for (int i = 0; i < size; i++) {
            if (!batch.hasFailed(i) && meant.test(get(i))) {
                batch.fail(i, error);
                return true;
            }
        }
        return false;
    }
}
