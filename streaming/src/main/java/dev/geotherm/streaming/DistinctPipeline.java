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
import dev.geotherm.streaming.RecentFragments.First;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that drops duplicates before another one sees them.
 *
 * <p>A fragment stands in for its duplicates only once it was accepted: a producer whose fragment equals one that is being put waits
 * until that one was accepted or refused, and in the latter case puts its own.
 */
final class DistinctPipeline<T> implements OpenPipeline<T> {
    private final OpenPipeline<T> pipeline;
    private final PipelineSpec.Duplicates<T> rule;
    private final RecentFragments recent;
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder refused = new LongAdder();

    DistinctPipeline(OpenPipeline<T> pipeline, PipelineSpec.Duplicates<T> rule, LongSupplier nanoTime) {
        this.pipeline = pipeline;
        this.rule = rule;
        this.recent = new RecentFragments(rule.window(), rule.remembered(), nanoTime);
    }

    private First first(Fragment<T> fragment) {
        requireNonNull(fragment, "fragment");
        Object hash = requireNonNull(rule.hash().apply(fragment.content()), "hash");
        return recent.newFirst(new RecentFragments.Key(fragment.id(), hash));
    }

    @Override
    public void put(Fragment<T> fragment) throws InterruptedException {
        var unused = submit(fragment);
    }

    @Override
    public CompletionStage<Outcome> submit(Fragment<T> fragment) throws InterruptedException {
        First mine = first(fragment);
        First other = recent.await(mine);
        if (other != null) {
            duplicates.increment();
            return other.outcome().thenApply(Outcome.Duplicate::new);
        }
        boolean accepted = false;
        try {
            recent.accepted(mine, pipeline.submit(fragment));
            accepted = true;
            return mine.outcome(); // complete after a failed fragment was forgotten
        } finally {
            if (!accepted) {
                recent.forget(mine);
            }
        }
    }

    @Override
    public Offer offer(Fragment<T> fragment, @Nullable CompletableFuture<Outcome> outcome) {
        First mine = first(fragment);
        First other = recent.addOrFind(mine);
        if (other != null && recent.isAccepted(other)) {
            duplicates.increment();
            return Offer.DUPLICATE;
        } else if (other != null) {
            refused.increment();
            return Offer.REFUSED_BACKPRESSURE; // it is being put, and may be refused
        }
        boolean accepted = false;
        try {
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

    @Override
    public PipelineMetrics metrics() {
        PipelineMetrics metrics = pipeline.metrics();
        return MetricsBuilder.copyOf(metrics)
                .set("refused", metrics.refused() + refused.sum())
                .set("duplicates", duplicates.sum())
                .build();
    }

    // ---- unchanged ----

    @Override
    public String name() {
        return pipeline.name();
    }

    @Override
    public void reconfigure(LanePipelinesSettings settings) {
        pipeline.reconfigure(settings);
    }

    @Override
    public void requireForeignThread() {
        pipeline.requireForeignThread();
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
