package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A pipeline as seen by the component that opened it. */
interface OpenPipeline<T> extends IngestionPipeline<T> {

    /** Answers an offer, and reports the outcome of the fragment if it is accepted. */
    Offer offer(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome);

    @Override
    default Offer offer(Fragment<T> fragment) {
        return offer(fragment, null);
    }

    /** Applies new settings. */
    void reconfigure(LanePipelinesSettings settings);

    /**
     * Checks that closing does not wait for the current thread.
     *
     * @throws IllegalStateException if it does
     */
    void requireNotOwnThread();

    /** Returns whether the pipeline is closed when the JVM exits. */
    boolean closesAtExit();

    /** Begins to close: the pipeline accepts nothing more, and the close timeout starts. */
    void refuse();
}
