package dev.geotherm.profiles.runtime;

import dev.geotherm.api.Component;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.IngestionPipelines;

/**
 * A factory of handles, which users of a platform hold instead of its components and their pools, pipelines, states,
 * caches and indexes.
 *
 * <p>A handle delegates every method, including default methods, so a call costs one field read and one more call. The
 * type of the field is the interface, not a type parameter: a cast to an interface would cost more than the rest of the
 * call. It is volatile because the target of a handle can be replaced while it is in use.
 */
final class Handles {
    private Handles() {}

    /** Returns the handle of a component. */
    static Component of(ComponentKind kind, String implementation, Component target) {
        String description = kind.section() + " (" + implementation + ")";
        return switch (kind) {
            case POOL -> new ObjectPoolsHandle(description, (ObjectPools) target);
            case DIFF -> new StateDifferHandle(description, (StateDiffer) target);
            case STREAMING -> new IngestionPipelinesHandle(description, (IngestionPipelines) target);
            case BATCH -> new BatchEvaluatorHandle(description, (BatchEvaluator) target);
            case EMBEDDING -> new EmbedderHandle(description, (Embedder) target);
            case ANCHORS -> new AnchorStoreHandle(description, (AnchorStore) target);
            case RETRIEVAL -> new PassageIndexesHandle(description, (PassageIndexes) target);
        };
    }

    static IllegalStateException closeRefused(String section) {
        return new IllegalStateException(
                section + " belongs to a platform: close the platform, and it closes its components");
    }
}
