package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.CacheMetrics;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.delta.DeltaCategory;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A context cache as a list. */
final class ReferenceCache<V> implements ContextCache<V> {
    private final ReferenceDiffer differ;
    private final String name;
    private final DifferLimits limits;
    private final List<Kept<V>> all;
    private long hits;
    private long nears;
    private long misses;
    private boolean closed;

    record Kept<V>(String id, JsonNode context, V value, Instant at) {}

    ReferenceCache(ReferenceDiffer differ, String name, List<Kept<V>> all) {
        this.differ = differ;
        this.name = name;
        this.limits = differ.limits(name);
        this.all = all;
    }

    @Override
    public String name() {
        return name;
    }

    synchronized CacheMetrics metrics() {
        return new CacheMetrics(hits, nears, misses, all.size());
    }

    @Override
    public synchronized void put(String id, JsonNode context, V value) {
        requireOpen();
        all.removeIf(kept -> kept.id.equals(id) && differ.counted(kept.context, context));
        all.add(new Kept<>(id, differ.copyOfContext(context), value, differ.now()));
        while (all.size() > limits.cacheSize()) {
            all.remove(0);
        }
    }

    @Override
    public synchronized Lookup<V> get(String id, JsonNode context) {
        requireOpen();
        List<Kept<V>> fresh = all.stream()
                .filter(kept -> kept.id.equals(id) && differ.now().isBefore(kept.at.plus(limits.cacheAge())))
                .toList();
        for (Kept<V> kept : fresh) {
            if (differ.counted(kept.context, context)) {
                hits++;
                return new Lookup.ExactHit<>(kept.value);
            }
        }
        if (fresh.isEmpty()) {
            misses++;
            return new Lookup.Miss<>();
        }
        nears++;
        Kept<V> nearest = fresh.stream()
                .max(Comparator.comparing(kept -> common(kept.context, context)))
                .orElseThrow();
        return new Lookup.NearHit<>(
                nearest.value, ReferenceDiffer.replacement(nearest.context, context), DeltaCategory.MAJOR);
    }

    private static long common(JsonNode a, JsonNode b) {
        return a.properties().stream().filter(b.properties()::contains).count();
    }

    @Override
    public synchronized void invalidate(String id) {
        all.removeIf(kept -> kept.id.equals(id));
    }

    @Override
    public synchronized long size() {
        return all.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        differ.closed(this);
    }

    private void requireOpen() {
        differ.requireOpen();
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }
}
