package dev.geotherm.benchmarks.pool;

import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMisuseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Deliberate misuse: leaked objects, late releases, more waiters than objects. */
public final class Safety {
    private static final int DROPPED = 1000;
    private static final int STALE = 1000;
    private static final int WAITERS = 1000;
    private static final int PEERS_SIZE = 16;

    private final String implementation;

    private Safety(String implementation) {
        this.implementation = implementation;
    }

    /**
     * Runs it and prints results.
     *
     * @param args the name of our pool, then peers whose capacity after a leak is measured as well
     */
    public static void main(String[] args) throws Exception {
        Safety safety = new Safety(args[0]);
        safety.leaks();
        safety.staleReleases();
        safety.order();
        for (String peer : List.of(args).subList(1, args.length)) {
            leaksOf(peer);
        }
    }

    private static void print(String pool, String measure, double value) {
        System.out.println(Figure.here("safety", pool, 1, measure, value).line());
    }

    private GeothermPool open(int size, String whenExhausted) {
        return new GeothermPool(
                implementation, size, 16, true, Map.of("whenExhausted", whenExhausted, "maxWait", "5m"));
    }

    /** Leaks every object, half of them with their lease. */
    private void leaks() throws Exception {
        try (GeothermPool geotherm = open(DROPPED, "fail")) {
            ObjectPool<Concept> pool = geotherm.pool;
            drop(pool);
            int collections = 0;
            while (collections < 2 && pool.metrics().leaked() < DROPPED) {
                System.gc();
                collections++;
                for (int i = 0; i < 150 && pool.metrics().leaked() < DROPPED; i++) {
                    Thread.sleep(10);
                }
            }
            print(implementation, "leaks found", (double) pool.metrics().leaked() / DROPPED);
            print(implementation, "collections", collections);
            print(implementation, "capacity restored", (double) claimable(pool) / DROPPED);
        }
    }

    private static void drop(ObjectPool<Concept> pool) {
        for (int i = 0; i < DROPPED; i++) {
            if (i % 2 == 0) {
                pool.acquire().heat = i;
            } else {
                pool.lease().get().heat = i;
            }
        }
    }

    private static int claimable(ObjectPool<Concept> pool) {
        List<Concept> held = new ArrayList<>();
        try {
            while (held.size() <= DROPPED) {
                held.add(pool.acquire());
            }
        } catch (PoolExhaustedException full) {
            held.forEach(pool::release);
        }
        return held.size();
    }

    /** Closes a lease again, and releases its object, while another borrower has the object. */
    private void staleReleases() throws Exception {
        try (GeothermPool geotherm = open(1, "fail")) {
            ObjectPool<Concept> pool = geotherm.pool;
            int caught = 0;
            for (int i = 0; i < STALE; i++) {
                Lease<Concept> stale = pool.lease();
                Concept object = stale.get();
                stale.close();
                try (Lease<Concept> next = pool.lease()) {
                    if (next.get() != object) {
                        throw new IllegalStateException("a pool of one handed out another object");
                    }
                    stale.close();
                    caught += refuses(pool, object) && pool.metrics().inUse() == 1 ? 1 : 0;
                }
            }
            print(implementation, "stale releases caught", (double) caught / STALE);
        }
    }

    private static boolean refuses(ObjectPool<Concept> pool, Concept object) {
        try {
            pool.release(object);
            return false;
        } catch (PoolMisuseException expected) {
            return true;
        }
    }

    /** Lets threads wait for one object, one after another, and checks the order in which they get it. */
    private void order() throws Exception {
        ThreadFactory threads = Runtime.version().feature() < 21 ? Thread::new : VirtualThreads.factory();
        try (GeothermPool geotherm = open(1, "wait")) {
            ObjectPool<Concept> pool = geotherm.pool;
            Concept held = pool.acquire();
            AtomicInteger served = new AtomicInteger();
            AtomicInteger inOrder = new AtomicInteger();
            List<Thread> waiters = new ArrayList<>();
            for (int i = 0; i < WAITERS; i++) {
                int place = i;
                Thread waiter = threads.newThread(() -> {
                    Concept mine = pool.acquire();
                    inOrder.addAndGet(served.getAndIncrement() == place ? 1 : 0);
                    pool.release(mine);
                });
                waiter.start();
                while (waiter.getState() != Thread.State.TIMED_WAITING && waiter.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                waiters.add(waiter);
            }
            pool.release(held);
            for (Thread waiter : waiters) {
                waiter.join(10_000);
            }
            print(implementation, "waiters served", (double) served.get() / WAITERS);
            print(implementation, "first come first served", (double) inOrder.get() / WAITERS);
        }
    }

    /** Leaks every object of a peer's pool, and counts how many can be acquired after two collections. */
    private static void leaksOf(String peer) throws Exception {
        Rival rival = Rivals.open(peer, PEERS_SIZE, 16);
        for (int i = 0; i < PEERS_SIZE; i++) {
            rival.claim().heat = i;
        }
        for (int i = 0; i < 2; i++) {
            System.gc();
            Thread.sleep(1000);
        }
        List<Concept> held = Collections.synchronizedList(new ArrayList<>());
        Thread claimer = new Thread(() -> {
            try {
                while (held.size() < PEERS_SIZE) {
                    held.add(rival.claim());
                }
            } catch (Exception exhausted) {
                Thread.currentThread().interrupt();
            }
        });
        claimer.setDaemon(true); // most peers wait forever
        claimer.start();
        claimer.join(2000);
        print(peer, "capacity restored", (double) held.size() / PEERS_SIZE);
    }
}
