package dev.geotherm.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineMetrics;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What happened to the fragments of one pipeline, until it is closed or its process crashes. */
final class ModelBooks implements PipelineListener<String> {
    final Set<String> processed = ConcurrentHashMap.newKeySet();
    final Set<String> dead = ConcurrentHashMap.newKeySet();

    /** What a clause of the contract excludes. */
    final Queue<String> violations = new ConcurrentLinkedQueue<>();

    private final ModelPlan plan;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicInteger unsettled = new AtomicInteger();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final Set<String> keysInside = ConcurrentHashMap.newKeySet();

    ModelBooks(ModelPlan plan) {
        this.plan = plan;
    }

    /** Returns how many attempts at a fragment preceded this one. */
    int countAttempt(String id) {
        return attempts.merge(id, 1, Integer::sum) - 1;
    }

    void accepted() {
        accepted.incrementAndGet();
    }

    /** Records an accepted or dropped fragment whose outcome is reported. */
    void submitted(CompletionStage<Outcome> stage) {
        AtomicInteger outcomes = new AtomicInteger();
        unsettled.incrementAndGet();
        if (!plan.duplicates()) {
            accepted();
        }
        var unused = stage.whenComplete((outcome, error) -> {
            unsettled.decrementAndGet();
            if (outcomes.incrementAndGet() > 1 || error != null || outcome == null) {
                violations.add("second or no outcome: " + outcome + " " + error);
            }
        });
    }

    void enter(Fragment<String> fragment) {
        if (isOrdered() && !keysInside.add(ModelFragments.key(fragment))) {
            violations.add("key of " + fragment.id() + " is in two batches");
        }
    }

    void exit(Fragment<String> fragment) {
        if (isOrdered()) {
            keysInside.remove(ModelFragments.key(fragment));
        }
    }

    void succeeded(Fragment<String> fragment) {
        boolean first = processed.add(fragment.id());
        if (!first && !plan.duplicates() && !plan.timesOut()) {
            violations.add(fragment.id() + " was processed twice");
        }
        if (isOrdered()) {
            int version = ModelFragments.version(fragment);
            Integer last = versions.put(ModelFragments.key(fragment), version);
            if (last != null && last >= version) {
                violations.add(fragment.id() + " was processed after version " + last);
            }
        }
    }

    /** A processor that is late still works on a fragment that the pipeline has given up. */
    private boolean isOrdered() {
        return plan.keys() && !plan.timesOut();
    }

    @Override
    public void onDeadLetter(DeadLetter<String> letter) {
        if (!dead.add(letter.fragment().id()) && !plan.duplicates()) {
            violations.add(letter.fragment().id() + " died twice");
        }
    }

    boolean isSettled() {
        return unsettled.get() == 0;
    }

    /** Checks the metrics of a closed pipeline, whose producers have returned. */
    void check(PipelineMetrics metrics) {
        assertThat(violations).isEmpty();
        assertThat(metrics.queued()).as("queued").isZero();
        assertThat(metrics.queuedBytes()).as("queued bytes").isZero();
        assertThat(metrics.inFlight()).as("in flight").isZero();
        assertThat(metrics.processed()
                        + metrics.dead()
                        + metrics.expired()
                        + metrics.journal().handedBack())
                .as("outcomes in %s", metrics)
                .isEqualTo(metrics.accepted());
        assertThat(metrics.unchanged()).isLessThanOrEqualTo(metrics.processed());
        assertThat(metrics.dead()).as("dead letters").isGreaterThanOrEqualTo(dead.size());
        if (!plan.duplicates()) {
            assertThat(metrics.accepted())
                    .as("accepted in %s", metrics)
                    .isEqualTo(accepted.get() + metrics.journal().recovered());
        }
    }

    @Override
    public String toString() {
        return "accepted " + accepted + ", without outcome " + unsettled;
    }
}
