package dev.geotherm.api.streaming;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** An adapter that waits for the stages of an asynchronous processor. */
record AsyncProcessor<T>(FragmentProcessor.Async<T> target) implements FragmentProcessor<T> {
    AsyncProcessor {
        requireNonNull(target, "processor");
    }

    @Override
    public void process(Batch<T> batch) throws Exception {
        CompletableFuture<?> result = requireNonNull(target.process(batch), "the asynchronous processor returned null")
                .toCompletableFuture();
        try {
            result.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception exception) {
                throw exception;
            } else if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed;
        } finally {
            result.cancel(true); // if this thread was interrupted
        }
    }
}
