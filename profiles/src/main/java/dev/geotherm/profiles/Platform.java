package dev.geotherm.profiles;

import dev.geotherm.api.Component;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.IngestionPipelines;
import java.nio.file.Path;
import java.time.Clock;

/** One component of each kind, running. */
@SuppressWarnings("DoNotCallSuggester")
public final class Platform implements AutoCloseable {
    private Platform() {}

    /** Starts one component of each kind with the system's clock. */
    public static Platform start(Configuration configuration, Path workDirectory) {
        return start(configuration, workDirectory, Clock.systemUTC());
    }

    /** Starts one component of each kind. */
    public static Platform start(Configuration configuration, Path workDirectory, Clock clock) {
        throw new IllegalStateException("follows");
    }

    /** Returns the object pools. */
    public ObjectPools pools() {
        return component(ObjectPools.class);
    }

    /** Returns the state differ. */
    public StateDiffer differ() {
        return component(StateDiffer.class);
    }

    /** Returns the ingestion pipelines. */
    public IngestionPipelines pipelines() {
        return component(IngestionPipelines.class);
    }

    /** Returns the batch evaluator. */
    public BatchEvaluator evaluator() {
        return component(BatchEvaluator.class);
    }

    /** Returns the embedder. */
    public Embedder embedder() {
        return component(Embedder.class);
    }

    /** Returns the anchor store. */
    public AnchorStore anchors() {
        return component(AnchorStore.class);
    }

    /** Returns the retriever. */
    public Retriever retriever() {
        return component(Retriever.class);
    }

    /** Returns the component of a kind. */
    public <C extends Component> C component(Class<C> kind) {
        throw new IllegalStateException("follows");
    }

    /** Returns what the platform was started with. */
    public Configuration configuration() {
        throw new IllegalStateException("follows");
    }

    /** Returns samples of what the components do. */
    public Telemetry telemetry() {
        throw new IllegalStateException("follows");
    }

    /** Closes every component, in reverse order. */
    @Override
    public void close() {}
}
