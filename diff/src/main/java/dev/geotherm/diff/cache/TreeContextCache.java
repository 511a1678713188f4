package dev.geotherm.diff.cache;

import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.diff.compare.DeltaWeight;
import dev.geotherm.diff.compare.IgnoredPaths;
import dev.geotherm.diff.json.JsonCopy;
import dev.geotherm.diff.state.StateHash;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Fingerprint;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.delta.StateDelta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A context cache: the newest few contexts of each id, with their results, in a Caffeine cache by id that is driven by
 * the component's clock; contexts are told apart by their fingerprints. With a disk tier, each result is written there as
 * well, and read again when memory has none of its id.
 *
 * <p>Disk work is done outside the locks of memory, and changes the disk first: what was read from it before a change is
 * not kept in memory after it, so that nothing that was invalidated or replaced comes back.
 *
 * @param <V> the results
 */
public final class TreeContextCache<V> implements ContextCache<V> {
    private static final int MOST_PER_ID = 4;

    private final TreeDiffer differ;
    private final String name;
    private final Cache<String, List<Entry<V>>> byId;
    private final @Nullable DiskTier<V> disk;
    private volatile boolean closed;

    /** A result, and the hash of its context under the rules by which it was taken. */
    private record Entry<V>(CachedResult<V> kept, Fingerprint fingerprint, IgnoredPaths ignored) {
        JsonNode context() {
            return kept.context();
        }

        V value() {
            return kept.value();
        }
    }

    TreeContextCache(TreeDiffer differ, String name, @Nullable DiskTier<V> disk) {
        this.differ = differ;
        this.name = name;
        this.disk = disk;
        this.byId = Caffeine.newBuilder()
                .maximumWeight(differ.settings().cacheSize())
                .weigher((String id, List<Entry<V>> kept) -> kept.size())
                .expireAfterWrite(differ.settings().cacheAge())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(differ.now().toEpochMilli()))
                .executor(Runnable::run)
                .build();
    }

    /** Puts new bounds in force. */
    public void reconfigure(TreeDifferSettings settings) {
        byId.policy().eviction().ifPresent(bound -> bound.setMaximum(settings.cacheSize()));
        byId.policy().expireAfterWrite().ifPresent(bound -> bound.setExpiresAfter(settings.cacheAge()));
    }

    @Override
    public void put(String id, JsonNode context, V value) {
        requireOpen();
        requireNonNull(id, "id");
        Entry<V> added = entry(new CachedResult<>(JsonCopy.of(context), requireNonNull(value, "value"), differ.now()));
        if (disk != null) {
            disk.put(
                    id,
                    added.fingerprint,
                    added.kept,
                    differ.settings().cacheDisk().bytes());
        }
        while (!keep(id, added)) {
            // What the disk had of the id is old already.
        }
    }

    /** Adds an entry to what memory, or else the disk, has of an id; returns false if the disk changed meanwhile. */
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
        IgnoredPaths ignored = differ.ignored();
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
        return Math.min(MOST_PER_ID, differ.settings().cacheSize());
    }

    private List<Entry<V>> fromDisk(String id) {
        if (disk == null) {
            return List.of();
        }
        Instant oldest = differ.now().minus(differ.settings().cacheAge());
        return disk.get(id, oldest, most()).stream().map(this::entry).toList();
    }

    private boolean isFresh(Entry<V> entry) {
        Duration age = differ.settings().cacheAge();
        return differ.now().isBefore(entry.kept.at().plus(age));
    }

    /** Returns whether an entry's context has the given fingerprint; other rules than when it was taken make another one. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isUnder(Entry<V> entry, Fingerprint fingerprint) {
        IgnoredPaths ignored = differ.ignored();
        Fingerprint known =
                entry.ignored == ignored ? entry.fingerprint : StateHash.of(entry.context(), ignored.root());
        return known.equals(fingerprint);
    }

    @Override
    public Lookup<V> get(String id, JsonNode context) {
        requireOpen();
        List<Entry<V>> all = byId.getIfPresent(requireNonNull(id, "id"));
        if (all == null) {
            all = recalled(id);
        }
        List<Entry<V>> fresh = all.stream().filter(this::isFresh).toList();
        if (fresh.isEmpty()) {
            differ.counters().cacheMisses.increment();
            return new Lookup.Miss<>();
        }
        Fingerprint fingerprint = StateHash.of(context, differ.ignored().root());
        for (Entry<V> entry : fresh) {
            if (isUnder(entry, fingerprint) || differ.sameByValue(entry.context(), context)) {
                differ.counters().cacheHits.increment();
                return new Lookup.Hit<>(entry.value());
            }
        }
        differ.counters().cacheNears.increment();
        return nearest(fresh, JsonCopy.of(context));
    }

    /** Returns what the disk has of an id, and keeps it in memory unless the disk changed meanwhile. */
    private List<Entry<V>> recalled(String id) {
        long version = version(id);
        List<Entry<V>> found = fromDisk(id);
        if (found.isEmpty()) {
            return found;
        }
        List<Entry<V>> kept = byId.asMap().computeIfAbsent(id, key -> version(id) == version ? found : null);
        return kept == null ? found : kept;
    }

    /** Returns the result of the context from which the changes to the one asked for weigh least. */
    private Lookup<V> nearest(List<Entry<V>> all, JsonNode context) {
        Entry<V> nearest = all.get(0);
        StateDelta least = differ.compareToWeigh(nearest.context(), context);
        for (Entry<V> kept : all.subList(1, all.size())) {
            StateDelta delta = differ.compareToWeigh(kept.context(), context);
            if (DeltaWeight.of(delta) < DeltaWeight.of(least)) {
                nearest = kept;
                least = delta;
            }
        }
        StateDelta told = differ.telling().reversible() ? least : differ.compare(nearest.context(), context);
        return new Lookup.Near<>(nearest.value(), told, differ.category(least));
    }

    @Override
    public void invalidate(String id) {
        if (disk != null) {
            disk.invalidate(requireNonNull(id, "id"));
        }
        byId.invalidate(requireNonNull(id, "id"));
    }

    @Override
    public long size() {
        byId.cleanUp();
        return byId.asMap().values().stream()
                .mapToLong(kept -> kept.stream().filter(this::isFresh).count())
                .sum();
    }

    @Override
    public void close() {
        closed = true;
        byId.invalidateAll();
        differ.forget(this);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the cache " + name + " is closed");
        }
    }
}
