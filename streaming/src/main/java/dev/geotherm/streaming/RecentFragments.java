package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Outcome;
import java.time.Duration;
import java.time.Instant;
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
 * processed is forgotten. Thread-safe.
 */
final class RecentFragments {
    private final long windowNanos;
    private final int most;
    private final LongSupplier nanoTime;

    /** The originals, oldest first. */
    private final Map<Key, Original> originals = new LinkedHashMap<>();

    /** The identity that duplicates share. */
    record Key(String id, Object hash) {}

    /** The first fragment with a key: later ones are its duplicates. */
    static final class Original {
        private final Key key;
        private final @Nullable Instant deadline;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private long since;
        private boolean accepted;

        Original(Key key, @Nullable Instant deadline) {
            this.key = key;
            this.deadline = deadline;
        }

        /** Returns whether this fragment can expire while the other one would not. */
        private boolean mayExpireBefore(Original other) {
            return deadline != null
                    && !outcome.isDone()
                    && (other.deadline == null || other.deadline.isAfter(deadline));
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

    /**
     * Returns the accepted original with the same key, after waiting for its acceptance; null if {@code mine} has become the
     * original.
     */
    synchronized @Nullable Original await(Original mine) throws InterruptedException {
        for (Original first = addOrFind(mine); first != null; first = addOrFind(mine)) {
            if (first.accepted) {
                return first;
            }
            wait();
        }
        return null;
    }

    /** Returns the original with the same key, accepted or not; null if {@code mine} has become the original. */
    synchronized @Nullable Original addOrFind(Original mine) {
        long now = nanoTime.getAsLong();
        removeOld(now);
        Original first = originals.get(mine.key);
        if (first != null && !(first.accepted && (isOld(first, now) || first.mayExpireBefore(mine)))) {
            return first;
        }
        originals.remove(mine.key);
        originals.put(mine.key, mine);
        while (originals.size() > most && removeOldest()) {}
        return null;
    }

    private boolean isOld(Original first, long now) {
        return now - first.since >= windowNanos;
    }

    synchronized boolean isAccepted(Original first) {
        return first.accepted;
    }

    /** Records that a fragment was accepted; it is forgotten if its outcome is a failure. */
    void accepted(Original first, CompletionStage<Outcome> outcome) {
        synchronized (this) {
            first.accepted = true;
            first.since = nanoTime.getAsLong();
            notifyAll();
        }
        var unused = outcome.thenAccept(result -> {
            if (!(result instanceof Outcome.Processed || result instanceof Outcome.Unchanged)) {
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

    private void removeOld(long now) {
        for (Iterator<Original> each = originals.values().iterator(); each.hasNext(); ) {
            Original first = each.next();
            if (first.accepted && !isOld(first, now)) {
                return;
            }
            if (first.accepted) {
                each.remove();
            }
        }
    }

    private boolean removeOldest() {
        for (Iterator<Original> each = originals.values().iterator(); each.hasNext(); ) {
            if (each.next().accepted) {
                each.remove();
                return true;
            }
        }
        return false;
    }
}
