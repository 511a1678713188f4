package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.DeadLetters;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.streaming.RecentFragments.Original;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A decorator that drops duplicates before its pipeline sees them.
 *
 * <p>Only an accepted fragment has duplicates. While an equal fragment is being put, a producer waits; if that fragment is refused, the
 * producer puts its own.
 */
final class DeduplicatingPipeline<T> implements OpenPipeline<T> {
    private final OpenPipeline<T> pipeline;
    private final PipelineSpec.Duplicates<T> rule;
    private final RecentFragments recent;
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder refused = new LongAdder();

    DeduplicatingPipeline(OpenPipeline<T> pipeline, PipelineSpec.Duplicates<T> rule, LongSupplier nanoTime) {
        this.pipeline = pipeline;
        this.rule = rule;
        this.recent = new RecentFragments(rule.window(), rule.remembered(), nanoTime);
    }

    /** Returns whether the pipeline accepts fragments; if not, it refuses duplicates like any other fragment. */
    private boolean isAccepting() {
        return switch (pipeline.state()) {
            case DRAINING, STOPPED, ERROR -> false;
            default -> true;
        };
    }

    private Original first(Fragment<T> fragment) {
        requireNonNull(fragment, "fragment");
        Object hash = requireNonNull(rule.hash().apply(fragment.content()), "hash");
        return new Original(new RecentFragments.Key(fragment.id(), hash), fragment.deadline());
    }

    @Override
    public void put(Fragment<T> fragment) throws InterruptedException {
        var unused = submit(fragment);
    }

    @Override
    public CompletionStage<Outcome> submit(Fragment<T> fragment) throws InterruptedException {
        Original mine = first(fragment);
        boolean accepted = false;
        try {
            Original other = recent.await(mine);
            if (other != null && isAccepting()) {
                duplicates.increment();
                return other.outcome().thenApply(Outcome.Duplicate::new);
            }
            recent.accepted(mine, pipeline.submit(fragment));
            accepted = true;
            return mine.outcome(); // completes after the record has forgotten a failed original
        } finally {
            if (!accepted) {
                recent.forget(mine);
            }
        }
    }

    @Override
    public Offer offer(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) {
        Original mine = first(fragment);
        boolean accepted = false;
        try {
            Original other = recent.addOrFind(mine);
            if (other != null && !isAccepting()) {
                return pipeline.offer(fragment, outcome);
            } else if (other != null && recent.isAccepted(other)) {
                duplicates.increment();
                return Offer.DUPLICATE;
            } else if (other != null) {
                refused.increment();
                return Offer.REFUSED_BACKPRESSURE; // the original is being put, and may still be refused
            }
            CompletableFuture<Outcome> own = outcome == null ? new CompletableFuture<>() : outcome;
            Offer answer = pipeline.offer(fragment, own);
            if (answer.accepted()) {
                recent.accepted(mine, own);
                accepted = true;
            }
            return answer;
        } finally {
            if (!accepted) {
                recent.forget(mine);
            }
        }
    }

    /** Bypasses the record: the fragments of the letters have failed, even if the record does not know it yet. */
    @Override
    public int replayDeadLetters() throws InterruptedException {
        return pipeline.replayDeadLetters();
    }

    @Override
    public PipelineMetrics metrics() {
        PipelineMetrics metrics = pipeline.metrics();
        return MetricsBuilder.copyOf(metrics)
                .set("refused", metrics.refused() + refused.sum())
                .set("duplicates", duplicates.sum())
                .build();
    }

    // ---- delegation ----

    @Override
    public String name() {
        return pipeline.name();
    }

    @Override
    public void reconfigure(LanePipelinesSettings settings) {
        pipeline.reconfigure(settings);
    }

    @Override
    public void requireNotOwnThread() {
        pipeline.requireNotOwnThread();
    }

    @Override
    public boolean closesAtExit() {
        return pipeline.closesAtExit();
    }

    @Override
    public void refuse() {
        pipeline.refuse();
    }

    @Override
    public BackpressureLevel level() {
        return pipeline.level();
    }

    @Override
    public PipelineState state() {
        return pipeline.state();
    }

    @Override
    public DeadLetters<T> deadLetters() {
        return pipeline.deadLetters();
    }

    @Override
    public void pause() {
        pipeline.pause();
    }

    @Override
    public void resume() {
        pipeline.resume();
    }

    @Override
    public boolean drain(Duration limit) throws InterruptedException {
        return pipeline.drain(limit);
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
