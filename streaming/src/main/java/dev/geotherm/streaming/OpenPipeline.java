package dev.geotherm.streaming;

import dev.geotherm.api.streaming.IngestionPipeline;

/** The interface of a pipeline to the component that opened it. */
interface OpenPipeline<T> extends IngestionPipeline<T> {

    /** Applies other settings. */
    void reconfigure(LanePipelinesSettings settings);

    /**
     * Checks that closing does not wait for the current thread.
     *
     * @throws IllegalStateException if it does
     */
    void requireForeignThread();

    /** Returns whether the pipeline is closed when the JVM exits. */
    boolean closesAtExit();

    /** Begins to close: the pipeline accepts nothing, and the close timeout begins. */
    void refuse();
}
