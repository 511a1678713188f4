package dev.geotherm.api.streaming;

import dev.geotherm.api.Component;

/** A component that opens and closes ingestion pipelines. */
public interface IngestionPipelines extends Component {

    /**
     * Opens a running pipeline with the settings of this component, overridden by those configured for its name. You
     * can close it; otherwise {@link #close()} of this component does.
     *
     * @param name used in metrics, thread names and messages; unique among the open pipelines of this component
     * @param processor does the work
     * @param listener receives the events
     * @throws IllegalArgumentException if a pipeline of this name is open
     * @throws IllegalStateException if this component is closed
     */
    <T> IngestionPipeline<T> open(String name, FragmentProcessor<T> processor, PipelineListener<T> listener);

    /** Opens a pipeline without a listener; its dead letters are logged. */
    default <T> IngestionPipeline<T> open(String name, FragmentProcessor<T> processor) {
        return open(name, processor, new PipelineListener<>() {});
    }

    @Override
    PipelinesMetrics metrics();

    /** Closes every open pipeline; see {@link IngestionPipeline#close()}. */
    @Override
    void close();
}
