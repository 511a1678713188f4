package dev.geotherm.benchmarks.streaming;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.streaming.LanePipelines;
import dev.geotherm.streaming.LanePipelinesSettings;
import java.util.List;
import java.util.Map;

/** Our pipeline with default settings, apart from the capacity and the size of a batch. */
final class PipelineRival implements Rival {
    private final IngestionPipelines pipelines;
    private final IngestionPipeline<Sample> pipeline;

    PipelineRival(int capacity, Sink sink) {
        LanePipelinesSettings settings = Settings.of(
                LanePipelinesSettings.class,
                Map.of(
                        "capacity", String.valueOf(capacity),
                        "initialBatch", String.valueOf(BATCH),
                        "maxBatch", String.valueOf(BATCH)));
        pipelines = new LanePipelines(settings, ComponentContext.standalone("benchmark"));
        pipeline = pipelines.open("benchmark", batch -> {
            List<Fragment<Sample>> records = batch.fragments();
            for (int i = 0; i < records.size(); i++) {
                sink.accept(records.get(i));
            }
            sink.endBatch();
        });
    }

    @Override
    public void put(Fragment<Sample> record) throws InterruptedException {
        pipeline.put(record);
    }

    @Override
    public void close() {
        pipelines.close();
    }
}
