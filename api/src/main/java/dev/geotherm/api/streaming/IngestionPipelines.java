package dev.geotherm.api.streaming;

import dev.geotherm.api.Component;

/** A component that opens and closes ingestion pipelines. */
public interface IngestionPipelines extends Component {

    /**
     * Opens and starts a pipeline with the settings of this component, overridden by those configured for its name. If you do not
     * close it, {@link #close()} of this component does.
     *
     * @throws IllegalArgumentException if a pipeline with this name is open
     * @throws IllegalStateException if this component is closed
     */
    <T> IngestionPipeline<T> open(PipelineSpec<T> spec);

    /** Opens a pipeline with only a name and a processor; its dead letters are logged. */
    default <T> IngestionPipeline<T> open(String name, FragmentProcessor<T> processor) {
        return open(PipelineSpec.of(name, processor));
    }

    @Override
    PipelinesMetrics metrics();

    /** Closes every open pipeline; see {@link IngestionPipeline#close()}. */
    @Override
    void close();
}
