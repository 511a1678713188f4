package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A processor's view of a running batch, valid until the processor returns. It is also the list of fragments, which saves an
 * object.
 */
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

    /** A batch can contain a fragment more than once: each call fails one occurrence that has not failed yet. */
    @Override
    public void fail(Fragment<T> fragment, Throwable error) {
        requireNonNull(error, "error");
        markOne(fragment, batch::hasFailed, i -> batch.fail(i, error));
    }

    @Override
    public void deadLetter(Fragment<T> fragment, Throwable error) {
        requireNonNull(error, "error");
        markOne(fragment, batch::hasFailed, i -> batch.failFinally(i, error));
    }

    @Override
    public void unchanged(Fragment<T> fragment) {
        markOne(fragment, batch::isMarked, batch::markUnchanged);
    }

    /** Marks an unmarked fragment: the same object, otherwise an equal one. */
    @SuppressWarnings("ReferenceEquality")
    private void markOne(Fragment<T> fragment, IntPredicate isMarked, IntConsumer mark) {
        requireNonNull(fragment, "fragment");
        if (ended) {
            throw new IllegalStateException("the batch of fragment " + fragment.id()
                    + " has ended: mark fragments before the processor returns");
        }
        if (!markFirst(one -> one == fragment, isMarked, mark)
                && !markFirst(fragment::equals, isMarked, mark)
                && !contains(fragment)) {
            throw new IllegalArgumentException("fragment " + fragment.id() + " does not belong to this batch");
        }
    }

    private boolean markFirst(Predicate<Fragment<T>> meant, IntPredicate isMarked, IntConsumer mark) {
        for (int i = 0; i < size; i++) {
            if (!isMarked.test(i) && meant.test(get(i))) {
                mark.accept(i);
                return true;
            }
        }
        return false;
    }
}
