package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.CacheMetrics;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.delta.DeltaCategory;
import dev.geotherm.delta.JsonEquality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A context cache as a list, the oldest value first. */
final class PlainCache<V> implements ContextCache<V> {
    private final PlainDiffer differ;
    private final String name;
    private final List<Kept<V>> all = new ArrayList<>();
    private long hits;
    private long nears;
    private long misses;
    private boolean closed;

    private record Kept<V>(String id, JsonNode context, V value, Instant at) {}

    PlainCache(PlainDiffer differ, String name) {
        this.differ = differ;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void put(String id, JsonNode context, V value) {
        requireOpen();
        Kept<V> added = new Kept<>(id, context.deepCopy(), value, differ.now());
        all.removeIf(kept -> kept.id.equals(id) && JsonEquality.same(kept.context, context));
        all.add(added);
        if (all.size() > differ.limits.cacheSize()) {
            all.remove(0);
        }
    }

    @Override
    public synchronized Lookup<V> get(String id, JsonNode context) {
        requireOpen();
        Instant oldest = differ.now().minus(differ.limits.cacheAge());
        all.removeIf(kept -> !kept.at.isAfter(oldest));
        List<Kept<V>> ofId = all.stream().filter(kept -> kept.id.equals(id)).toList();
        for (Kept<V> kept : ofId) {
            if (JsonEquality.same(kept.context, context)) {
                hits++;
                return new Lookup.ExactHit<>(kept.value);
            }
        }
        if (ofId.isEmpty()) {
            misses++;
            return new Lookup.Miss<>();
        }
        nears++;
        Kept<V> nearest = ofId.stream()
                .max(Comparator.comparing(kept -> inCommon(kept.context, context)))
                .orElseThrow();
        return new Lookup.NearHit<>(
                nearest.value, PlainDiffer.replacement(nearest.context, context), DeltaCategory.MAJOR);
    }

    private static long inCommon(JsonNode a, JsonNode b) {
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

    synchronized CacheMetrics metrics() {
        return new CacheMetrics(hits, nears, misses, all.size());
    }

    private void requireOpen() {
        differ.requireOpen();
        if (closed) {
            throw new IllegalStateException("cache " + name + " is closed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        all.clear();
        differ.closed(this);
    }
}
