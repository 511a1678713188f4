package dev.geotherm.benchmarks.streaming;

import dev.geotherm.api.streaming.Fragment;

/** A pipeline or a queue with a consumer that takes batches of up to 200 records. */
interface Rival extends AutoCloseable {
    /** The size of the largest batch. */
    int BATCH = 200;

    /** Accepts a record; waits for room. Called by several threads. */
    void put(Fragment<Sample> record) throws InterruptedException;

    @Override
    void close() throws Exception;
}
