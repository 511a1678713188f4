package dev.geotherm.streaming;

/** The loop of the thread that stops batches which take too long. */
final class BatchTimer<T> implements Runnable {
    private final LaneQueue<T> queue;

    BatchTimer(LaneQueue<T> queue) {
        this.queue = queue;
    }

    @Override
    public void run() {
        try {
            boolean more = true;
            while (more) {
                more = queue.awaitOverdue();
            }
        } catch (Throwable died) {
            queue.die(died);
        }
    }
}
