package dev.geotherm.profiles.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Lookup;

/** The handle of a context cache. */
final class ContextCacheHandle<V> implements ContextCache<V> {
    private volatile ContextCache<V> target;

    ContextCacheHandle(ContextCache<V> target) {
        this.target = target;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public void put(String id, JsonNode context, V value) {
        target.put(id, context, value);
    }

    @Override
    public Lookup<V> get(String id, JsonNode context) {
        return target.get(id, context);
    }

    @Override
    public void invalidate(String id) {
        target.invalidate(id);
    }

    @Override
    public long size() {
        return target.size();
    }

    @Override
    public void close() {
        target.close();
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
