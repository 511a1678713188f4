package dev.geotherm.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.api.streaming.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The rules that refuse a fragment although there is room for it: because it would miss its deadline, or because the backpressure
 * level is critical and the settings refuse fragments in that case. Thread-safe.
 */
final class FragmentAdmission<T> {
    private final PipelineSpec<T> spec;
    private final Object monitor;
    private final PipelineStatus<T> status;
    private final Runnable update;
    private final Clock clock;
    private final Predictor predictor;
    private final LongAdder refused = new LongAdder();

    /** A predictor of processing times; called with the monitor held. */
    interface Predictor {
        /** Returns the expected nanoseconds until a fragment that is accepted now has been processed. */
        long nanosUntilProcessed(Priority priority);
    }

    /**
     * Creates the rules.
     *
     * @param monitor guards the status
     * @param update updates what depends on the lanes, with the monitor held
     * @param clock the clock with which deadlines are compared
     */
    FragmentAdmission(
            PipelineSpec<T> spec,
            Object monitor,
            PipelineStatus<T> status,
            Runnable update,
            Clock clock,
            Predictor predictor) {
        this.spec = spec;
        this.monitor = monitor;
        this.status = status;
        this.update = update;
        this.clock = clock;
        this.predictor = predictor;
    }

    /** Returns whether a fragment can be refused although there is room for it. */
    boolean isNeeded(Fragment<T> fragment) {
        return fragment.deadline() != null || status.refusesWhenCritical();
    }

    /** Returns the nanoseconds until a deadline; {@code Long.MAX_VALUE} without one. */
    long nanosUntil(@Nullable Instant deadline) {
        return deadline == null
                ? Long.MAX_VALUE
                : TimeUnit.NANOSECONDS.convert(Duration.between(clock.instant(), deadline));
    }

    /**
     * Throws if a fragment must be refused.
     *
     * @throws RefusedException with the reason
     */
    void require(Fragment<T> fragment) {
        if (isNeeded(fragment)) {
            synchronized (monitor) {
                status.requireAccepting();
                Offer answer = answer(fragment);
                if (!answer.accepted()) {
                    refuse(fragment, answer);
                }
            }
        }
    }

    /** Returns the answer for a fragment that {@linkplain #isNeeded needs admission}; called with the monitor held. */
    Offer answer(Fragment<T> fragment) {
        update.run(); // levels change with time, too
        Instant deadline = fragment.deadline();
        if (deadline != null
                && clock.instant()
                                .plusNanos(predictor.nanosUntilProcessed(fragment.priority()))
                                .compareTo(deadline)
                        >= 0) {
            return Offer.REFUSED_DEADLINE;
        }
        return status.refusesWhenCritical()
                        && status.level() == BackpressureLevel.CRITICAL
                        && fragment.priority() != Priority.HIGHEST
                ? Offer.REFUSED_BACKPRESSURE
                : Offer.ACCEPTED;
    }

    /**
     * Counts a refused fragment, and throws.
     *
     * @throws RefusedException always, with the predicted time
     */
    void refuse(Fragment<T> fragment, Offer reason) {
        Duration predicted;
        synchronized (monitor) {
            predicted = Duration.ofNanos(predictor.nanosUntilProcessed(fragment.priority()));
        }
        countRefused();
        String why = switch (reason) {
            case REFUSED_DEADLINE -> "would miss its deadline, " + fragment.deadline();
            case REFUSED_FULL -> "was refused because the queue is full";
            default -> "was refused because the backpressure level is critical";
        };
        String when = predicted.isZero() ? "" : ": it would be processed in about " + predicted.toMillis() + " ms";
        throw new RefusedException(
                "pipeline " + spec.name() + ": fragment " + fragment.id() + " " + why + when, reason, predicted);
    }

    /** Counts a refused fragment. */
    void countRefused() {
        refused.increment();
    }

    /** Returns the number of refused fragments. */
    long refused() {
        return refused.sum();
    }
}
