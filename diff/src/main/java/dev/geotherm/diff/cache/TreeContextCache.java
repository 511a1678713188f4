package dev.geotherm.diff.cache;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.geotherm.api.StackRoom;
import dev.geotherm.api.diff.CacheMetrics;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.compare.CompareRules;
import dev.geotherm.diff.compare.DeltaWeight;
import dev.geotherm.diff.compare.IgnoredPaths;
import dev.geotherm.diff.compare.MeteredComparison;
import dev.geotherm.diff.json.JsonCopy;
import dev.geotherm.diff.state.StateHash;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A context cache: a Caffeine cache of the last few contexts of each id with their values, based on the component's
 * clock. Fingerprints identify contexts. With a disk tier, each value is also written to disk, and read back if memory
 * has no value for its id.
 *
 * <p>Disk operations run without the locks of the memory tier, and the disk is changed first. A value that was read
 * from disk before a change is not added to memory after it, so invalidated or replaced values never reappear.
 *
 * @param <V> the values
 */
public final class TreeContextCache<V> implements ContextCache<V> {
    /** The stack space for the locks of libraries and the JDK, which a stack overflow would leave held. */
    private static final int STACK_KILOBYTES = 16;

    private static final int MAX_PER_ID = 4;

    private final String name;
    private final Clock clock;
    private final MeteredComparison comparison;
    private final Consumer<TreeContextCache<?>> onClose;
    private final Cache<String, List<Entry<V>>> byId;
    private final @Nullable DiskTier<V> disk;
    private final LongAdder exactHits = new LongAdder();
    private final LongAdder nearHits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private volatile CacheOptions options;
    private volatile boolean closed;

    /** A value, and the hash of its context under the rules at that time. */
    private record Entry<V>(CachedResult<V> kept, Fingerprint fingerprint, IgnoredPaths ignored) {
        JsonNode context() {
            return kept.context();
        }

        V value() {
            return kept.value();
        }
    }

    /**
     * Opens a cache.
     *
     * @param comparison compares the contexts of near hits
     * @param disk the disk tier, or null for none
     * @param onClose called when the cache closes
     */
    public TreeContextCache(
            String name,
            CacheOptions options,
            Clock clock,
            MeteredComparison comparison,
            @Nullable DiskTier<V> disk,
            Consumer<TreeContextCache<?>> onClose) {
        this.name = name;
        this.options = options;
        this.clock = clock;
        this.comparison = comparison;
        this.disk = disk;
        this.onClose = onClose;
        this.byId = Caffeine.newBuilder()
                .maximumWeight(options.size())
                .weigher((String id, List<Entry<V>> kept) -> kept.size())
                .expireAfterWrite(options.age())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.instant().toEpochMilli()))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public String name() {
        return name;
    }

    /** Applies new options. */
    public void reconfigure(CacheOptions next) {
        options = next;
        byId.policy().eviction().ifPresent(bound -> bound.setMaximum(next.size()));
        byId.policy().expireAfterWrite().ifPresent(bound -> bound.setExpiresAfter(next.age()));
    }

    /** Returns the metrics, even if the cache is closed. */
    public CacheMetrics metrics() {
        return new CacheMetrics(exactHits.sum(), nearHits.sum(), misses.sum(), closed ? 0 : size());
    }

    @Override
    public void put(String id, JsonNode context, V value) {
        StackRoom.require(STACK_KILOBYTES); // for the locks of the memory tier
        requireOpen();
        requireNonNull(id, "id");
        Entry<V> added =
                entry(new CachedResult<>(JsonCopy.of(context), requireNonNull(value, "value"), clock.instant()));
        if (disk != null) {
            disk.put(id, added.fingerprint, added.kept, options.diskBytes());
        }
        while (!keep(id, added)) {
            // The disk has changed in the meantime, so the value that was read is outdated.
        }
    }

    /**
     * Adds an entry to those of its id, which are in memory or else on disk; returns false if the disk has changed in
     * the meantime.
     */
    private boolean keep(String id, Entry<V> added) {
        long version = version(id);
        List<Entry<V>> found = byId.asMap().containsKey(id) ? null : fromDisk(id);
        return byId.asMap().compute(id, (key, old) -> {
                    if (old != null) {
                        return with(added, old);
                    }
                    return found != null && version(id) == version ? with(added, found) : null;
                })
                != null;
    }

    private long version(String id) {
        return disk == null ? 0 : disk.version(id);
    }

    private Entry<V> entry(CachedResult<V> kept) {
        IgnoredPaths ignored = options.rules().ignored();
        return new Entry<>(kept, StateHash.of(kept.context(), ignored.root()), ignored);
    }

    private List<Entry<V>> with(Entry<V> added, List<Entry<V>> old) {
        List<Entry<V>> all = new ArrayList<>();
        all.add(added);
        for (Entry<V> entry : old) {
            if (all.size() < most() && isFresh(entry) && !isUnder(entry, added.fingerprint)) {
                all.add(entry);
            }
        }
        return List.copyOf(all);
    }

    private int most() {
        return Math.min(MAX_PER_ID, options.size());
    }

    private List<Entry<V>> fromDisk(String id) {
        if (disk == null) {
            return List.of();
        }
        Instant oldest = clock.instant().minus(options.age());
        return disk.get(id, oldest, most()).stream().map(this::entry).toList();
    }

    private boolean isFresh(Entry<V> entry) {
        Duration age = options.age();
        return clock.instant().isBefore(entry.kept.at().plus(age));
    }

    /** Returns whether an entry's context has the given fingerprint; new rules lead to new fingerprints. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isUnder(Entry<V> entry, Fingerprint fingerprint) {
        IgnoredPaths ignored = options.rules().ignored();
        Fingerprint known =
                entry.ignored == ignored ? entry.fingerprint : StateHash.of(entry.context(), ignored.root());
        return known.equals(fingerprint);
    }

    @Override
    public Lookup<V> get(String id, JsonNode context) {
        StackRoom.require(STACK_KILOBYTES);
        requireOpen();
        List<Entry<V>> all = byId.getIfPresent(requireNonNull(id, "id"));
        if (all == null) {
            all = recalled(id);
        }
        List<Entry<V>> fresh = all.stream().filter(this::isFresh).toList();
        if (fresh.isEmpty()) {
            misses.increment();
            return new Lookup.Miss<>();
        }
        Fingerprint fingerprint =
                StateHash.of(context, options.rules().ignored().root());
        for (Entry<V> entry : fresh) {
            if (isUnder(entry, fingerprint) || options.rules().sameByValue(entry.context(), context)) {
                exactHits.increment();
                return new Lookup.ExactHit<>(entry.value());
            }
        }
        nearHits.increment();
        return nearest(fresh, JsonCopy.of(context));
    }

    /** Returns the entries of an id on disk, and adds them to memory unless the disk has changed in the meantime. */
    private List<Entry<V>> recalled(String id) {
        long version = version(id);
        List<Entry<V>> found = fromDisk(id);
        if (found.isEmpty()) {
            return found;
        }
        List<Entry<V>> kept = byId.asMap().computeIfAbsent(id, key -> version(id) == version ? found : null);
        return kept == null ? found : kept;
    }

    /** Returns the value of the context with the smallest weight of changes to the requested one. */
    private Lookup<V> nearest(List<Entry<V>> all, JsonNode context) {
        CacheOptions now = options;
        CompareRules weighing = now.rules().recordingOldValues();
        Entry<V> nearest = all.get(0);
        StateDelta least = comparison.compare(nearest.context(), context, weighing);
        for (Entry<V> kept : all.subList(1, all.size())) {
            StateDelta other = comparison.compare(kept.context(), context, weighing);
            if (DeltaWeight.of(other) < DeltaWeight.of(least)) {
                nearest = kept;
                least = other;
            }
        }
        StateDelta delta = now.rules().changes().reversible()
                ? least
                : comparison.compare(nearest.context(), context, now.rules());
        return new Lookup.NearHit<>(nearest.value(), delta, DeltaWeight.category(least, now.thresholds()));
    }

    @Override
    public void invalidate(String id) {
        StackRoom.require(STACK_KILOBYTES);
        if (disk != null) {
            disk.invalidate(requireNonNull(id, "id"));
        }
        byId.invalidate(requireNonNull(id, "id"));
    }

    @Override
    public long size() {
        StackRoom.require(STACK_KILOBYTES);
        byId.cleanUp();
        return byId.asMap().values().stream()
                .mapToLong(kept -> kept.stream().filter(this::isFresh).count())
                .sum();
    }

    @Override
    public void close() {
        StackRoom.require(STACK_KILOBYTES);
        closed = true;
        try {
            byId.invalidateAll();
        } finally {
            onClose.accept(this);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the cache " + name + " is closed");
        }
    }
}
