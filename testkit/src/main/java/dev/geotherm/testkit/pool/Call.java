package dev.geotherm.testkit.pool;

import static org.awaitility.Awaitility.await;

import dev.geotherm.testkit.Patience;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A call on its own thread.
 *
 * @param thread the thread
 * @param result the result or exception of the call
 */
record Call<T>(Thread thread, CompletableFuture<T> result) {
    /** Starts a call. */
    static <T> Call<T> start(Supplier<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(action.get());
                    } catch (RuntimeException | Error failed) {
                        result.completeExceptionally(failed);
                    }
                },
                "caller");
        thread.setDaemon(true);
        thread.start();
        return new Call<>(thread, result);
    }

    /** Starts a call and returns once its thread has ended or is waiting. */
    static <T> Call<T> atRest(Supplier<T> action) {
        return atRest(start(action));
    }

    /** Returns the call once its thread has ended or is waiting. */
    static <T> Call<T> atRest(Call<T> call) {
        await().atMost(Patience.limit())
                .pollDelay(0, TimeUnit.MILLISECONDS)
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> call.result.isDone()
                        || call.thread.getState() == Thread.State.WAITING
                        || call.thread.getState() == Thread.State.TIMED_WAITING);
        return call;
    }

    /** Returns the result of the call. */
    T get() {
        return result.orTimeout(Patience.limit().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Returns the exception that the call throws. */
    Throwable failure() {
        return result.handle((value, failed) -> failed == null ? new AssertionError("no failure") : failed)
                .orTimeout(Patience.limit().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
