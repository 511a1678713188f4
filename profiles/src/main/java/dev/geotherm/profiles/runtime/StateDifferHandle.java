package dev.geotherm.profiles.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.CacheSerializer;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.DiffMetrics;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.diff.UpdateCodec;
import dev.geotherm.api.diff.UpdateFormat;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaSummary;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.StateDelta;

/** The handle of the state differ; states and caches opened through it have handles too. */
final class StateDifferHandle implements StateDiffer {
    private final String description;
    private volatile StateDiffer target;

    StateDifferHandle(String description, StateDiffer target) {
        this.description = description;
        this.target = target;
    }

    @Override
    public StateDelta diff(JsonNode before, JsonNode after) {
        return target.diff(before, after);
    }

    @Override
    public DeltaSummary summarize(StateDelta delta) {
        return target.summarize(delta);
    }

    @Override
    public Fingerprint fingerprint(JsonNode state) {
        return target.fingerprint(state);
    }

    @Override
    public TrackedState track(String name, JsonNode initial) {
        return new TrackedStateHandle(target.track(name, initial));
    }

    @Override
    public TrackedState track(JsonNode initial) {
        return new TrackedStateHandle(target.track(initial));
    }

    @Override
    public StateReplica replica() {
        return target.replica();
    }

    @Override
    public <V> ContextCache<V> openCache(String name) {
        return new ContextCacheHandle<>(target.openCache(name));
    }

    @Override
    public <V> ContextCache<V> openCache(String name, CacheSerializer<V> serializer) {
        return new ContextCacheHandle<>(target.openCache(name, serializer));
    }

    @Override
    public DeltaCodec codec() {
        return target.codec();
    }

    @Override
    public UpdateCodec updateCodec(UpdateFormat format) {
        return target.updateCodec(format);
    }

    @Override
    public DiffMetrics metrics() {
        return target.metrics();
    }

    /** Throws, because the platform closes its components. */
    @Override
    public void close() {
        throw Handles.closeRefused("diff");
    }

    @Override
    public String toString() {
        return description;
    }
}
