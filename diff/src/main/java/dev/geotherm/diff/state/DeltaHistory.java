package dev.geotherm.diff.state;

import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.delta.StateDelta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last deltas of a tracked state, bounded in number, size and age: a ring buffer indexed by revision.
 *
 * <p>One thread at a time may write. Any number of threads read without a lock; they find a delta or see that it is no
 * longer kept.
 */
class DeltaHistory {
    private static final int FIRST_CAPACITY = 64;

    private volatile AtomicReferenceArray<@Nullable Kept> ring = new AtomicReferenceArray<>(FIRST_CAPACITY);
    /** The range of base revisions of the kept deltas; the end is exclusive. */
    private long first;

    private long end;
    private long bytes;
    /**
     * The weight of each delta in the ring, and the second of its commit. For the writer only: without it, each commit
     * would read the oldest delta, which is no longer in the CPU caches, from memory.
     */
    private long[] weights = new long[FIRST_CAPACITY];

    private long[] seconds = new long[FIRST_CAPACITY];

    private record Kept(RevisionDelta delta, long bytes) {}

    /** Adds the next delta with the given weight in bytes. */
    void add(RevisionDelta delta, long weight, StateOptions bounds) {
        if (end > delta.base() && end > first) { // a commit failed after its delta was added
            end = delta.base();
            bytes -= weights[slot(end, ring)];
        }
        if (end == first) {
            first = delta.base();
        }
        if (end - first == ring.length()) {
            grow();
        }
        int slot = slot(delta.base(), ring);
        weights[slot] = weight;
        seconds[slot] = delta.at().getEpochSecond();
        ring.set(slot, new Kept(delta, weight));
        end = delta.revision();
        bytes += weight;
        prune(delta.at(), bounds);
    }

    private void grow() {
        AtomicReferenceArray<@Nullable Kept> larger = new AtomicReferenceArray<>(ring.length() * 2);
        long[] largerWeights = new long[larger.length()];
        long[] largerSeconds = new long[larger.length()];
        for (long base = first; base < end; base++) {
            int from = slot(base, ring);
            int to = slot(base, larger);
            larger.set(to, ring.get(from));
            largerWeights[to] = weights[from];
            largerSeconds[to] = seconds[from];
        }
        ring = larger;
        weights = largerWeights;
        seconds = largerSeconds;
    }

    private static int slot(long base, AtomicReferenceArray<@Nullable Kept> ring) {
        return (int) (base & (ring.length() - 1));
    }

    private void prune(Instant now, StateOptions bounds) {
        Instant oldest = now.minus(bounds.historyAge());
        while (first < end) {
            int slot = slot(first, ring);
            boolean within = end - first <= bounds.historyRevisions()
                    && bytes <= bounds.historyBytes()
                    && (seconds[slot] > oldest.getEpochSecond() || isSince(oldest, slot));
            if (within) {
                return;
            }
            ring.set(slot, null);
            bytes -= weights[slot];
            first++;
        }
    }

    private boolean isSince(Instant oldest, int slot) {
        Kept kept = ring.get(slot);
        return kept != null && !kept.delta.at().isBefore(oldest);
    }

    private @Nullable Kept find(long base) {
        AtomicReferenceArray<@Nullable Kept> all = ring;
        Kept kept = all.get(slot(base, all));
        return kept == null || kept.delta.base() != base ? null : kept;
    }

    /** Returns the number of deltas; for the writer. */
    long size() {
        return end - first;
    }

    /** Returns their weight in bytes; for the writer. */
    long bytes() {
        return bytes;
    }

    /** Returns the delta that begins at a revision, or null if it is not kept. */
    @Nullable
    RevisionDelta next(long base) {
        Kept kept = find(base);
        return kept == null ? null : kept.delta;
    }

    /**
     * Returns all changes between two revisions as one delta; null if the history does not reach back that far, if the
     * first delta was committed before {@code oldest}, or if the changes weigh more than {@code most} bytes.
     */
    @Nullable
    RevisionDelta between(long base, long revision, Instant oldest, long most) {
        List<StateDelta> deltas = new ArrayList<>();
        RevisionDelta last = null;
        long weight = 0;
        for (long from = base; from < revision; from++) {
            Kept kept = find(from);
            weight += kept == null ? 0 : kept.bytes;
            if (kept == null
                    || weight > most
                    || (from == base && kept.delta.at().isBefore(oldest))) {
                return null;
            }
            deltas.add(kept.delta.delta());
            last = kept.delta;
        }
        return last == null ? null : new RevisionDelta(base, revision, last.at(), last.fingerprint(), inOne(deltas));
    }

    /**
     * Composes adjacent deltas, then adjacent results, so that each change is processed a logarithmic number of times.
     */
    private static StateDelta inOne(List<StateDelta> deltas) {
        List<StateDelta> level = deltas;
        while (level.size() > 1) {
            List<StateDelta> next = new ArrayList<>();
            for (int i = 0; i + 1 < level.size(); i += 2) {
                next.add(StateDelta.compose(level.get(i), level.get(i + 1)));
            }
            if (level.size() % 2 == 1) {
                next.add(level.get(level.size() - 1));
            }
            level = next;
        }
        StateDelta composed = level.get(0);
        // A delta between two revisions must not be empty, even if all changes cancel out.
        return composed.isEmpty() ? deltas.stream().reduce(StateDelta.empty(), StateDelta::andThen) : composed;
    }
}
