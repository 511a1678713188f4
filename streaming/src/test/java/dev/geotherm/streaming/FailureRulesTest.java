package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.UnavailableException;
import dev.geotherm.api.streaming.FailureClassifier;
import dev.geotherm.api.streaming.FailureKind;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailureRulesTest {
    private static final Instant DEADLINE = Instant.parse("2026-01-01T00:00:00Z");

    private final FragmentSlots<String> slots = new FragmentSlots<>();
    private final Lanes<String> lanes = new Lanes<>(slots);
    private final CircuitBreaker breaker = new CircuitBreaker(() -> 0.5);
    private final FailureRules<String> rules = new FailureRules<>(
            "rules",
            lanes,
            breaker,
            () -> 0.5,
            Clock.systemUTC(),
            new PipelineCounters(0),
            new EventDispatcher<>("rules", new DeadLetterRecorder<>(PipelineSpec.of("rules", batch -> {}))));
    private final Failure down = new Failure(new UnavailableException("down", null), FailureKind.UNAVAILABLE);

    /** A batch of a fragment, and of another one that was in outages between which others succeeded. */
    private RunningBatch<String> batchWithSuspect() {
        Fragment<String> due =
                TestFragments.fragment("suspect", Priority.NORMAL).withDeadline(DEADLINE);
        PendingFragment<String> suspect = TestFragments.pending(slots, due, 1);
        suspect.outages = 3;
        breaker.succeeded(false, 0);
        RunningBatch<String> batch = new RunningBatch<>(slots, FailureClassifier.standard());
        batch.prepare(2);
        TestFragments.add(TestFragments.pending(slots, "live", Priority.NORMAL), batch);
        TestFragments.add(suspect, batch);
        batch.start(Thread.currentThread(), false, 0);
        return batch;
    }

    @Test
    void isOutage_notIfAFragmentSeemsToCauseIt() {
        assertThat(rules.isOutage(batchWithSuspect(), down)).isFalse();
    }

    @Test
    void isOutage_anExpiredFragmentCausesNone() {
        RunningBatch<String> batch = batchWithSuspect();
        batch.expire(DEADLINE.plusSeconds(1));
        assertThat(rules.isOutage(batch, down)).isTrue();
    }

    @Test
    void fail_ofADeadFragmentBeginsTheNextTurnOfItsKeyAtOnce() {
        PendingFragment<String> first = TestFragments.pending(slots, "first", Priority.NORMAL);
        PendingFragment<String> next = TestFragments.pending(slots, "next", Priority.NORMAL);
        first.turn = new Turn<>("key");
        next.turn = new Turn<>("key");
        lanes.addArrived(first);
        lanes.addArrived(next);
        lanes.removeFirst();
        assertThat(lanes.ready()).isZero();

        Failure failure = new Failure(new Exception(), FailureKind.FINAL);
        rules.fail(first, failure, 0, TestSettings.retries(0), new SettledFragments<>());
        assertThat(lanes.first()).isSameAs(next);
        assertThat(lanes.held()).isZero();
    }
}
