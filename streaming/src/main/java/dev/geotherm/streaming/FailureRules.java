package dev.geotherm.streaming;

import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.FailureKind;
import dev.geotherm.api.streaming.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules for fragments that were not processed. Guarded by the queue's monitor.
 *
 * <ul>
 *   <li>A batch of several fragments that failed as a whole is put back in two halves, each of which becomes a separate batch. So
 *       one bad fragment of 200 is isolated after eight failures, and the others are processed.
 *   <li>A fragment that failed on its own is retried with a delay, one lane lower, until its retries are used up.
 *   <li>A batch that failed because what the processor depends on is unavailable is put back as it was, and the circuit breaker
 *       holds all fragments. After some failed trials, another fragment is tried, so that one fragment cannot block the others. A
 *       fragment that seems to cause outages, because other batches succeed between them, is treated like any other failed
 *       fragment.
 * </ul>
 */
final class FailureRules<T> {
    private static final Logger LOG = LoggerFactory.getLogger(FailureRules.class);

    /** The number of outages, with successful batches between them, after which a fragment counts as their cause. */
    private static final int SUSPICIOUS_OUTAGES = 3;

    /** The number of failures in an outage after which another fragment is tried. */
    private static final int TRIALS_OF_SAME = 3;

    private final String pipeline;
    private final Lanes<T> lanes;
    private final CircuitBreaker breaker;
    private final DoubleSupplier random;
    private final Clock clock;
    private final PipelineCounters counters;
    private final EventDispatcher<T> dispatcher;
    private long groups;

    FailureRules(
            String pipeline,
            Lanes<T> lanes,
            CircuitBreaker breaker,
            DoubleSupplier random,
            Clock clock,
            PipelineCounters counters,
            EventDispatcher<T> dispatcher) {
        this.pipeline = pipeline;
        this.lanes = lanes;
        this.breaker = breaker;
        this.random = random;
        this.clock = clock;
        this.counters = counters;
        this.dispatcher = dispatcher;
    }

    /** Returns the number of a new group. */
    long nextGroup() {
        return ++groups;
    }

    /** Returns whether a batch failed because of an outage, not because of one of its fragments. */
    boolean isOutage(RunningBatch<T> batch, Failure failure) {
        if (!failure.isUnavailable()) {
            return false;
        }
        for (int i = 0; i < batch.live(); i++) {
            if (seemsToCauseOutages(batch.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean seemsToCauseOutages(PendingFragment<T> fragment) {
        return fragment.outages >= SUSPICIOUS_OUTAGES && breaker.successes() > fragment.successesBefore;
    }

    /** Opens the circuit breaker, or delays its next trial. */
    void open(RunningBatch<T> batch, Failure failure, long now, RetrySettings settings) {
        boolean first = !breaker.isOpen();
        long retryAfter = TimeUnit.NANOSECONDS.convert(failure.retryAfter());
        Duration retryIn = Duration.ofNanos(breaker.failed(batch.trial, now, retryAfter, settings));
        Throwable error = failure.error();
        dispatcher.add(listener -> {
            if (first) {
                LOG.warn(
                        "Pipeline {} holds its fragments, because it cannot process any: {}; it tries again in {} ms",
                        pipeline,
                        error,
                        retryIn.toMillis());
            }
            listener.onUnavailable(error, retryIn);
        });
    }

    /** Closes the circuit breaker if the batch was a trial. */
    void close(RunningBatch<T> batch, long now) {
        boolean wasOpen = breaker.isOpen();
        breaker.succeeded(batch.trial, now);
        if (wasOpen && !breaker.isOpen()) {
            dispatcher.add(listener -> LOG.info("Pipeline {} processes fragments again", pipeline));
        }
    }

    /** Puts back a fragment whose batch failed in an outage: at its old position, unless it is time to try another one. */
    void hold(PendingFragment<T> fragment, boolean trial, Throwable error) {
        if (fragment.outages == 0 || breaker.successes() > fragment.successesBefore) {
            fragment.outages++;
            fragment.successesBefore = breaker.successes();
        }
        queueAgain(fragment, error);
        if (trial && breaker.failures() % TRIALS_OF_SAME == 0) {
            lanes.add(fragment);
        } else {
            lanes.putBack(fragment);
        }
    }

    /** Puts back a fragment whose batch failed as a whole, as a member of a group. */
    void putBack(PendingFragment<T> fragment, long group, Throwable error) {
        fragment.group = group;
        queueAgain(fragment, error);
        lanes.putBack(fragment);
    }

    /** Retries a fragment that failed on its own, or makes it a dead letter. */
    void fail(
            PendingFragment<T> fragment,
            Failure failure,
            long now,
            RetrySettings settings,
            SettledFragments<T> settled) {
        fragment.error = failure.error();
        fragment.mark();
        if (failure.kind() == FailureKind.FINAL || fragment.failures >= settings.maxRetries()) {
            settled.add(fragment, dead(fragment, fragment.attempts + 1, failure.error()));
            lanes.endTurn(fragment); // at once, so that closing finds the next fragment of its key in a lane
            return;
        }
        fragment.failures++;
        fragment.setLane(Lanes.below(fragment.lane()));
        long delay = settings.delayNanos(fragment.failures, random.getAsDouble());
        queueAgain(fragment, failure.error());
        fragment.setQueuedNanos(now);
        if (delay == 0) {
            lanes.add(fragment);
        } else {
            fragment.dueNanos = now + delay;
            lanes.addDelayed(fragment);
        }
    }

    private void queueAgain(PendingFragment<T> fragment, Throwable error) {
        fragment.error = error;
        fragment.attempts++;
        fragment.mark();
        counters.retried++;
    }

    /**
     * Returns the outcome of a fragment for which no time is left: it stays in its journal, or becomes a dead letter. If this
     * fails, because the heap is full, nothing has changed.
     *
     * @param attempts the number of batches that have contained it
     */
    Outcome unfinished(PendingFragment<T> fragment, int attempts, Throwable error) {
        return fragment.outcome instanceof JournaledOutcome
                ? new Outcome.HandedBack(attempts)
                : dead(fragment, attempts, error);
    }

    /** Makes a fragment a dead letter and returns its outcome. If this fails, because the heap is full, nothing has changed. */
    private Outcome dead(PendingFragment<T> fragment, int attempts, Throwable error) {
        Outcome outcome = new Outcome.Dead(attempts, error);
        DeadLetter<T> letter = new DeadLetter<>(fragment.fragment(), attempts, error, clock.instant());
        dispatcher.add(listener -> listener.onDeadLetter(letter));
        counters.dead++;
        return outcome;
    }
}
