package dev.geotherm.api.kind;

import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.AnchorStoreFactory;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderFactory;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.PassageIndexesFactory;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.BatchEvaluatorFactory;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateDifferFactory;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.IngestionPipelinesFactory;

/**
 * The kinds of component. A platform has one component of each; it creates them in this order and closes them in
 * reverse.
 */
public enum ComponentKind {
    /** Object pools. */
    POOL("pool", true, ObjectPoolsFactory.class, ObjectPools.class),
    /** State diffs, tracked states and context caches. */
    DIFF("diff", true, StateDifferFactory.class, StateDiffer.class),
    /** Ingestion pipelines with backpressure. */
    STREAMING("streaming", true, IngestionPipelinesFactory.class, IngestionPipelines.class),
    /** Evaluation of large corpora. */
    BATCH("batch", false, BatchEvaluatorFactory.class, BatchEvaluator.class),
    /** Embedding of texts as vectors. */
    EMBEDDING("embedding", false, EmbedderFactory.class, Embedder.class),
    /** Stores of semantic anchors. */
    ANCHORS("anchors", false, AnchorStoreFactory.class, AnchorStore.class),
    /** Passage indexes, searched by words, vectors, time and provenance. */
    RETRIEVAL("retrieval", true, PassageIndexesFactory.class, PassageIndexes.class);

    private final String section;
    private final boolean instances;
    private final Class<? extends ComponentFactory<?, ?>> factoryType;
    private final Class<? extends Component> componentType;

    @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal of a generic interface is raw
    ComponentKind(
            String section,
            boolean instances,
            Class<? extends ComponentFactory> factoryType,
            Class<? extends Component> componentType) {
        this.section = section;
        this.instances = instances;
        this.factoryType = (Class<? extends ComponentFactory<?, ?>>) factoryType;
        this.componentType = componentType;
    }

    /** Returns the name of the profile section that configures this kind: {@code pool}, {@code diff}, … */
    public String section() {
        return section;
    }

    /** Returns the published artifact with the implementations of this kind, for messages: {@code geotherm-pool}. */
    public String artifact() {
        return switch (this) {
            case EMBEDDING, ANCHORS, RETRIEVAL -> "geotherm-anchors";
            default -> "geotherm-" + section;
        };
    }

    /**
     * Returns whether components of this kind open named instances (pools, states, caches, pipelines, indexes), which can have
     * their own settings: {@code pool.instances.vectors.maxSize}.
     */
    public boolean hasInstances() {
        return instances;
    }

    /** Returns the factory interface, which {@link java.util.ServiceLoader} loads. */
    public Class<? extends ComponentFactory<?, ?>> factoryType() {
        return factoryType;
    }

    /** Returns the interface of components of this kind. */
    public Class<? extends Component> componentType() {
        return componentType;
    }
}
