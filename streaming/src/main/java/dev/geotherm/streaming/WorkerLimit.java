package dev.geotherm.streaming;

import dev.geotherm.api.streaming.WorkersReason;

/**
 * The number of batches that are processed concurrently, adapted to what the service behind the processor can handle: additive
 * increase, multiplicative decrease, as in TCP. Guarded by the queue's monitor.
 *
 * <ul>
 *   <li>A batch that is refused (unavailable, a rate limit) or times out reduces the number by 30 %. Batches that had started before do
 *       not reduce it again: they report the same congestion.
 *   <li>A number of successful batches as large as the number itself increases it by one.
 * </ul>
 *
 * <p>Source: D. Chiu and R. Jain, Analysis of the increase and decrease algorithms for congestion avoidance, 1989.
 */
final class WorkerLimit {
    private static final double DECREASE = 0.7;

    private int most;
    private double limit;
    private long reducedNanos;
    private boolean reduced;
    private WorkersReason reason = WorkersReason.SETTINGS;

    /** Creates a limit that starts at its maximum. */
    WorkerLimit(int most) {
        this.most = most;
        this.limit = most;
    }

    /** Returns the number of batches that may be processed concurrently. */
    int get() {
        return (int) limit;
    }

    /** Returns the reason for the last change. */
    WorkersReason reason() {
        return reason;
    }

    /** Applies another maximum. */
    void reconfigure(int newMost) {
        if (newMost != most) {
            limit = limit >= most ? newMost : Math.min(limit, newMost);
            most = newMost;
            reason = limit >= most ? WorkersReason.SETTINGS : reason;
        }
    }

    /** Records a batch that was processed. */
    void succeeded() {
        int before = get();
        limit = Math.min(most, limit + 1 / limit);
        if (get() > before) {
            reason = WorkersReason.SUCCESS;
        }
    }

    /** Records a batch that was refused or timed out. */
    void failed(WorkersReason failure, long startedNanos, long now) {
        if (!reduced || startedNanos - reducedNanos >= 0) {
            reduced = true;
            reducedNanos = now;
            limit = Math.max(1, Math.floor(limit * DECREASE));
            reason = failure;
        }
    }
}
