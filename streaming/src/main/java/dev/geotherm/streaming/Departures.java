package dev.geotherm.streaming;

/** The removal of fragments with an outcome: counts them, and makes their entries spare. Guarded by the queue's monitor. */
final class Departures<T> {
    private final DrainTracker drains;
    private final FragmentSlots<T> slots;

    Departures(DrainTracker drains, FragmentSlots<T> slots) {
        this.drains = drains;
        this.slots = slots;
    }

    /** Removes a fragment after its outcome was reported. */
    void leave(PendingFragment<T> fragment) {
        drains.leave(fragment.position());
        slots.recycle(fragment);
    }

    /** Removes the fragments of a processed plain batch. Cannot fail. */
    void leave(RunningBatch<T> batch) {
        int count = batch.size();
        if (!drains.leaveTogether(count)) {
            for (int i = 0; i < count; i++) {
                drains.leave(batch.get(i).position());
            }
        }
        slots.recycle(batch.numbers(), count);
    }
}
