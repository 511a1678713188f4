package dev.geotherm.diff;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.api.diff.StateDelta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A context cache: the newest few contexts of each id, with their results, in a Caffeine cache by id that is driven by
 * the component's clock.
 *
 * @param <V> the results
 */
final class TreeContextCache<V> implements ContextCache<V> {
    private static final int MOST_PER_ID = 4;

    private final TreeDiffer differ;
    private final String name;
    private final Cache<String, List<Kept<V>>> byId;
    private volatile boolean closed;

    private record Kept<V>(JsonNode context, V value, Instant at) {}

    TreeContextCache(TreeDiffer differ, String name) {
        this.differ = differ;
        this.name = name;
        this.byId = Caffeine.newBuilder()
                .maximumWeight(differ.settings().cacheSize())
                .weigher((String id, List<Kept<V>> kept) -> kept.size())
                .expireAfterWrite(differ.settings().cacheAge())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(differ.now().toEpochMilli()))
                .executor(Runnable::run)
                .build();
    }

    /** Puts new bounds in force. */
    void reconfigure(TreeDifferSettings settings) {
        byId.policy().eviction().ifPresent(bound -> bound.setMaximum(settings.cacheSize()));
        byId.policy().expireAfterWrite().ifPresent(bound -> bound.setExpiresAfter(settings.cacheAge()));
    }

    @Override
    public void put(String id, JsonNode context, V value) {
        requireOpen();
        Kept<V> added = new Kept<>(JsonCopy.of(context), requireNonNull(value, "value"), differ.now());
        byId.asMap().compute(requireNonNull(id, "id"), (key, old) -> with(added, old));
    }

    private List<Kept<V>> with(Kept<V> added, @Nullable List<Kept<V>> old) {
        List<Kept<V>> all = new ArrayList<>();
        all.add(added);
        int most = Math.min(MOST_PER_ID, differ.settings().cacheSize());
        for (Kept<V> kept : old == null ? List.<Kept<V>>of() : old) {
            if (all.size() < most && isFresh(kept) && !differ.counted(kept.context, added.context)) {
                all.add(kept);
            }
        }
        return List.copyOf(all);
    }

    private boolean isFresh(Kept<V> kept) {
        Duration age = differ.settings().cacheAge();
        return differ.now().isBefore(kept.at.plus(age));
    }

    @Override
    public Lookup<V> get(String id, JsonNode context) {
        requireOpen();
        List<Kept<V>> all = byId.getIfPresent(requireNonNull(id, "id"));
        List<Kept<V>> fresh =
                all == null ? List.of() : all.stream().filter(this::isFresh).toList();
        for (Kept<V> kept : fresh) {
            if (differ.counted(kept.context, context)) {
                differ.counters().cacheHits.increment();
                return new Lookup.Hit<>(kept.value);
            }
        }
        if (fresh.isEmpty()) {
            differ.counters().cacheMisses.increment();
            return new Lookup.Miss<>();
        }
        differ.counters().cacheNears.increment();
        return nearest(fresh, JsonCopy.of(context));
    }

    /** Returns the context with the smallest sum of magnitudes between it and the one asked for. */
    private Lookup<V> nearest(List<Kept<V>> all, JsonNode context) {
        Lookup.@Nullable Near<V> nearest = null;
        double least = Double.POSITIVE_INFINITY;
        for (Kept<V> kept : all) {
            StateDelta delta = differ.compare(kept.context, context);
            double distance = DeltaWeight.of(delta);
            if (nearest == null || distance < least) {
                nearest = new Lookup.Near<>(kept.value, delta, differ.category(delta));
                least = distance;
            }
        }
        return requireNonNull(nearest);
    }

    @Override
    public void invalidate(String id) {
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
