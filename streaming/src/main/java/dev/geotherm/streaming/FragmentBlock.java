package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Fragment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A block of pending fragments. The properties that most fragments need are in arrays; the others are in one object for each
 * fragment. A fragment that is processed at the first attempt occupies few cache lines, because its object is not touched.
 *
 * <p>A producer fills an entry. Once it is published, the queue's monitor guards it, except for the fragment, which does not
 * change while the entry is in use.
 */
final class FragmentBlock<T> {
    private static final int BITS = 9;

    /** The number of entries of a block. */
    static final int SIZE = 1 << BITS;

    /** Access to an element of {@link #publishedAs}. */
    private static final VarHandle PUBLISHED_AS = MethodHandles.arrayElementVarHandle(long[].class);

    final @Nullable Fragment<T>[] fragments = newFragments();
    final long[] costs = new long[SIZE];
    final long[] bytes = new long[SIZE];

    /** The times at which they entered their lanes. */
    final long[] queuedNanos = new long[SIZE];

    /** One more than the number of fragments accepted before; 0 or a smaller number until it is published. */
    final long[] publishedAs = new long[SIZE];

    /** The lanes in which they wait, from 0: those of their priorities, one lower after each retry. */
    final byte[] lanes = new byte[SIZE];

    /** Whether their objects contain anything that must be taken into account. */
    final boolean[] marked = new boolean[SIZE];

    /** The numbers of the next fragments in their lanes; {@link FragmentSlots#NONE} for the last ones. */
    final int[] following = new int[SIZE];

    private final PendingFragment<T>[] pending = newPending();

    /** Written to order the stores of a producer whose stack has no room for a call. */
    @SuppressWarnings("UnusedVariable")
    private volatile int fence;

    FragmentBlock(int firstNumber) {
        for (int i = 0; i < SIZE; i++) {
            pending[i] = new PendingFragment<>(this, firstNumber + i);
        }
    }

    @SuppressWarnings("unchecked") // generic arrays cannot be created otherwise
    private static <T> @Nullable Fragment<T>[] newFragments() {
        return (Fragment<T>[]) new Fragment<?>[SIZE];
    }

    @SuppressWarnings("unchecked") // generic arrays cannot be created otherwise
    private static <T> PendingFragment<T>[] newPending() {
        return (PendingFragment<T>[]) new PendingFragment<?>[SIZE];
    }

    /** Returns the number of the block with a pending fragment. */
    static int of(int number) {
        return number >>> BITS;
    }

    /** Returns the index of a pending fragment in its block. */
    static int index(int number) {
        return number & (SIZE - 1);
    }

    PendingFragment<T> pending(int index) {
        return pending[index];
    }

    /** Publishes an entry. Cannot fail. */
    void publish(int index, long position) {
        try {
            PUBLISHED_AS.setRelease(publishedAs, index, position + 1);
        } catch (Throwable stackOverflow) { // a full stack: a volatile store is slower, but no call
            fence = 0;
            publishedAs[index] = position + 1;
        }
    }

    /** Returns whether an entry was published with a position. */
    boolean isPublished(int index, long position) {
        return (long) PUBLISHED_AS.getAcquire(publishedAs, index) == position + 1;
    }
}
