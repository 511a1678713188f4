package dev.geotherm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;

/**
 * A generator of stack overflows at different points of a call. It finds locks that stay held and state that is half changed
 * after a {@link StackOverflowError}.
 */
public final class StackDive {
    private static final int STACK_BYTES = 192 << 10;
    private static final int MAX_PADDING = 16;

    private StackDive() {}

    /**
     * Recurses on a new thread with a small stack, and makes a call at each depth until the stack is full or the call throws
     * anything but a {@link StackOverflowError}. Each of the last calls overflows earlier than the one before.
     *
     * @throws AssertionError if the thread has not ended after {@link Patience#limit()}
     */
    public static void run(IntConsumer call) throws InterruptedException {
        int random = ThreadLocalRandom.current().nextInt(MAX_PADDING);
        Thread diver = new Thread(null, () -> pad(random, random, call), "diver", STACK_BYTES);
        diver.setDaemon(true);
        diver.setUncaughtExceptionHandler((thread, overflow) -> {});
        diver.start();
        diver.join(Patience.limit().toMillis());
        assertThat(diver.isAlive()).as("a call near the end of the stack hangs").isFalse();
    }

    /** Makes a call at each depth of a recursion of the current thread, until its stack overflows. */
    public static void recurse(IntConsumer call) {
        deeper(0, call);
    }

    /** Uses frames of a different size than the recursion, which varies the point of the overflow within the call. */
    private static long pad(int frames, long padding, IntConsumer call) {
        if (frames == 0) {
            deeper(0, call);
            return padding;
        }
        return pad(frames - 1, padding + frames, call) + padding;
    }

    @SuppressWarnings("InfiniteRecursion") // recurses until the stack is full
    private static void deeper(int depth, IntConsumer call) {
        try {
            call.accept(depth);
        } catch (StackOverflowError overflow) {
            // the next call has even less stack
        }
        deeper(depth + 1, call);
    }
}
