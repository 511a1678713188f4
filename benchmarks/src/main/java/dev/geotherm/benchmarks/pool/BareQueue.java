package dev.geotherm.benchmarks.pool;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.jctools.queues.MpmcArrayQueue;

/** A bounded queue used as a pool: no checks on release, no waiting. */
final class BareQueue implements Rival {
    private final Queue<Concept> queue;

    private BareQueue(Queue<Concept> queue, int size, int dimension) {
        this.queue = queue;
        for (int i = 0; i < size; i++) {
            queue.add(new Concept(dimension));
        }
    }

    static BareQueue ofJctools(int size, int dimension) {
        return new BareQueue(new MpmcArrayQueue<>(size), size, dimension);
    }

    static BareQueue ofTheJdk(int size, int dimension) {
        return new BareQueue(new ArrayBlockingQueue<>(size), size, dimension);
    }

    @Override
    public Concept claim() {
        Concept concept = queue.poll();
        while (concept == null) {
            Thread.onSpinWait();
            concept = queue.poll();
        }
        return concept;
    }

    @Override
    public void release(Concept concept) {
        concept.reset();
        while (!queue.offer(concept)) {
            Thread.onSpinWait();
        }
    }
}
