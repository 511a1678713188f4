package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Outcome;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The fragments that were accepted within a time, up to a number, or are being put. A fragment that was not processed is forgotten. Safe
 * for use by many threads.
 */
final class RecentFragments {
    private final long windowNanos;
    private final int most;
    private final LongSupplier nanoTime;

    /** In the order in which they were added. */
    private final Map<Key, First> firsts = new LinkedHashMap<>();

    /** What a duplicate has in common with the first fragment. */
    record Key(String id, Object hash) {}

    /** The first fragment with a key. */
    static final class First {
        private final Key key;
        private final long since;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private boolean accepted;

        First(Key key, long since) {
            this.key = key;
            this.since = since;
        }

        /** Returns its outcome. */
        CompletionStage<Outcome> outcome() {
            return outcome.minimalCompletionStage();
        }
    }

    RecentFragments(Duration window, int most, LongSupplier nanoTime) {
        this.windowNanos = TimeUnit.NANOSECONDS.convert(window);
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** Returns the accepted first fragment with a key; null if there is none, and {@code mine} is the first one now. */
    synchronized @Nullable First await(First mine) throws InterruptedException {
        for (First first = addOrFind(mine); first != null; first = addOrFind(mine)) {
            if (first.accepted) {
                return first;
            }
            wait();
        }
        return null;
    }

    /** Makes a fragment the first one with its key, and returns null; or returns that one, which may not be accepted yet. */
    synchronized @Nullable First addOrFind(First mine) {
        removeOld();
        First first = firsts.putIfAbsent(mine.key, mine);
        if (first == null && firsts.size() > most) {
            removeOldest();
        }
        return first;
    }

    First newFirst(Key key) {
        return new First(key, nanoTime.getAsLong());
    }

    synchronized boolean isAccepted(First first) {
        return first.accepted;
    }

    /** Records that a fragment was accepted; it is forgotten if its outcome is a failure. */
    void accepted(First first, CompletionStage<Outcome> outcome) {
        synchronized (this) {
            first.accepted = true;
            notifyAll();
        }
        var unused = outcome.thenAccept(result -> {
            if (!(result instanceof Outcome.Processed)) {
                forget(first);
            }
            first.outcome.complete(result);
        });
    }

    /** Forgets a fragment that was not accepted or not processed. */
    synchronized void forget(First first) {
        firsts.remove(first.key, first);
        notifyAll();
    }

    private void removeOld() {
        long now = nanoTime.getAsLong();
        for (Iterator<First> each = firsts.values().iterator(); each.hasNext(); ) {
            First first = each.next();
            if (now - first.since < windowNanos) {
                return;
            }
            if (first.accepted) {
                each.remove();
            }
        }
    }

    private void removeOldest() {
        for (Iterator<First> each = firsts.values().iterator(); each.hasNext(); ) {
            if (each.next().accepted) {
                each.remove();
                return;
            }
        }
    }
}
