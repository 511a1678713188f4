package dev.geotherm.engine;

import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.runtime.Platform;

/** The components that an engine runs over, and the configuration that chose them. */
record EngineComponents(
        Configuration configuration,
        ObjectPools pools,
        StateDiffer differ,
        IngestionPipelines pipelines,
        BatchEvaluator evaluator,
        Embedder embedder,
        AnchorStore anchors,
        Retriever retriever) {

    static EngineComponents of(Platform platform) {
        return new EngineComponents(
                platform.configuration(),
                platform.pools(),
                platform.differ(),
                platform.pipelines(),
                platform.evaluator(),
                platform.embedder(),
                platform.anchors(),
                platform.retriever());
    }
}
