package dev.geotherm.api.streaming;

import dev.geotherm.api.Component;

/** Makes ingestion pipelines under one set of settings. */
public interface IngestionPipelines extends Component {

    /**
     * Opens a running pipeline; whoever opens it closes it, or leaves that to {@link #close()}.
     *
     * @param name for metrics, threads and messages; unique among the open pipelines of this component
     * @param processor does the work
     * @param listener is told what happens
     * @throws IllegalArgumentException if a pipeline of this name is open
     * @throws IllegalStateException if this component is closed
     */
    <T> IngestionPipeline<T> open(String name, FragmentProcessor<T> processor, PipelineListener<T> listener);

    /** Opens a pipeline that nobody listens to; its dead letters are logged. */
    default <T> IngestionPipeline<T> open(String name, FragmentProcessor<T> processor) {
        return open(name, processor, new PipelineListener<>() {});
    }

    @Override
    PipelinesMetrics metrics();

    /** Closes every open pipeline; see {@link IngestionPipeline#close()}. */
    @Override
    void close();
}
