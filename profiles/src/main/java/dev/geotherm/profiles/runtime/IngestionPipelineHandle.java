package dev.geotherm.profiles.runtime;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.DeadLetters;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/** The handle of an ingestion pipeline. */
final class IngestionPipelineHandle<T> implements IngestionPipeline<T> {
    private volatile IngestionPipeline<T> target;

    IngestionPipelineHandle(IngestionPipeline<T> target) {
        this.target = target;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public void put(Fragment<T> fragment) throws InterruptedException {
        target.put(fragment);
    }

    @Override
    public void putAll(Collection<Fragment<T>> fragments) throws InterruptedException {
        target.putAll(fragments);
    }

    @Override
    public Offer offer(Fragment<T> fragment) {
        return target.offer(fragment);
    }

    @Override
    public CompletionStage<Outcome> submit(Fragment<T> fragment) throws InterruptedException {
        return target.submit(fragment);
    }

    @Override
    public BackpressureLevel level() {
        return target.level();
    }

    @Override
    public PipelineState state() {
        return target.state();
    }

    @Override
    public PipelineMetrics metrics() {
        return target.metrics();
    }

    @Override
    public void pause() {
        target.pause();
    }

    @Override
    public void resume() {
        target.resume();
    }

    @Override
    public DeadLetters<T> deadLetters() {
        return target.deadLetters();
    }

    @Override
    public int replayDeadLetters() throws InterruptedException {
        return target.replayDeadLetters();
    }

    @Override
    public boolean drain(Duration limit) throws InterruptedException {
        return target.drain(limit);
    }

    @Override
    public void close() {
        target.close();
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
