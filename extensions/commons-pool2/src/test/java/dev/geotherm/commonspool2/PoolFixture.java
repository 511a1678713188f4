package dev.geotherm.commonspool2;

import static org.awaitility.Awaitility.await;

import dev.geotherm.api.pool.ObjectPools;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** The fixture of pool tests: pools that are closed at the end, and calls on their own threads. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class PoolFixture {
    private final List<ObjectPools> opened = new ArrayList<>();

    @AfterEach
    void closePools() {
        opened.forEach(ObjectPools::close);
    }

    final ObjectPools closedAtTheEnd(ObjectPools pools) {
        opened.add(pools);
        return pools;
    }

    record Call<T>(Thread thread, CompletableFuture<T> result) {
        T get() {
            return result.orTimeout(60, TimeUnit.SECONDS).join();
        }

        Throwable failure() {
            return result.handle((value, failed) -> failed == null ? new AssertionError("no failure") : failed)
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        }
    }

    static <T> Call<T> start(Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(action.call());
                    } catch (Throwable failed) {
                        result.completeExceptionally(failed);
                    }
                },
                "caller");
        thread.setDaemon(true);
        thread.start();
        return new Call<>(thread, result);
    }

    /** Starts a call and returns once its thread has ended or waits. */
    static <T> Call<T> call(Callable<T> action) {
        Call<T> call = start(action);
        await().atMost(60, TimeUnit.SECONDS)
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> call.result.isDone()
                        || call.thread.getState() == Thread.State.WAITING
                        || call.thread.getState() == Thread.State.TIMED_WAITING);
        return call;
    }
}
