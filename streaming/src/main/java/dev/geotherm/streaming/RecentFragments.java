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
 * A bounded record of the fragments that were accepted within a time window, and of those being put. A fragment that was not
 * processed is forgotten. Safe for use by many threads.
 */
final class RecentFragments {
    private final long windowNanos;
    private final int most;
    private final LongSupplier nanoTime;

    /** The originals, oldest first. */
    private final Map<Key, Original> originals = new LinkedHashMap<>();

    /** The identity that duplicates share. */
    record Key(String id, Object hash) {}

    /** The fragment that others with its key duplicate. */
    static final class Original {
        private final Key key;
        private final long since;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private boolean accepted;

        Original(Key key, long since) {
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

    /** Returns the accepted original with the same key, after waiting for it; null if {@code mine} is the original now. */
    synchronized @Nullable Original await(Original mine) throws InterruptedException {
        for (Original first = addOrFind(mine); first != null; first = addOrFind(mine)) {
            if (first.accepted) {
                return first;
            }
            wait();
        }
        return null;
    }

    /** Returns the original with the same key, accepted or not; null if there was none, and {@code mine} is the original now. */
    synchronized @Nullable Original addOrFind(Original mine) {
        removeOld();
        Original first = originals.putIfAbsent(mine.key, mine);
        if (first == null && originals.size() > most) {
            removeOldest();
        }
        return first;
    }

    Original newOriginal(Key key) {
        return new Original(key, nanoTime.getAsLong());
    }

    synchronized boolean isAccepted(Original first) {
        return first.accepted;
    }

    /** Records that a fragment was accepted; it is forgotten if its outcome is a failure. */
    void accepted(Original first, CompletionStage<Outcome> outcome) {
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
    synchronized void forget(Original first) {
        originals.remove(first.key, first);
        notifyAll();
    }

    private void removeOld() {
        long now = nanoTime.getAsLong();
        for (Iterator<Original> each = originals.values().iterator(); each.hasNext(); ) {
            Original first = each.next();
            if (now - first.since < windowNanos) {
                return;
            }
            if (first.accepted) {
                each.remove();
            }
        }
    }

    private void removeOldest() {
        for (Iterator<Original> each = originals.values().iterator(); each.hasNext(); ) {
            if (each.next().accepted) {
                each.remove();
                return;
            }
        }
    }
}
