package dev.geotherm.anchors.store;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Extensions;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.AnchorStoreFactory;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;

/** The factory of {@code memory} anchor stores; their context needs {@link ObjectPools} and a {@link StateDiffer}. */
@SuppressWarnings("rawtypes") // a class literal cannot name the type argument
@AutoService(AnchorStoreFactory.class)
public final class MemoryAnchorsFactory implements AnchorStoreFactory<MemoryAnchorsSettings> {

    /** Creates a factory. */
    public MemoryAnchorsFactory() {}

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "Keeps pooled anchors in memory and finds the nearest by random hyperplanes.";
    }

    @Override
    public Class<MemoryAnchorsSettings> settings() {
        return MemoryAnchorsSettings.class;
    }

    @Override
    public void check(MemoryAnchorsSettings settings, Extensions extensions) {
        Scrubbing.of(settings.scrubbing(), extensions);
    }

    @Override
    public AnchorStore create(MemoryAnchorsSettings settings, ComponentContext context) {
        return new MemoryAnchors(settings, context);
    }
}
