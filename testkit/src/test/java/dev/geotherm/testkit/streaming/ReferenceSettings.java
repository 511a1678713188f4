package dev.geotherm.testkit.streaming;

import dev.geotherm.api.Setting;
import java.time.Duration;

/** The settings of {@link ReferencePipelines}: the components of a {@link PipelineShape}. */
record ReferenceSettings(
        @Setting(defaultValue = "100", description = "The capacity.")
        int capacity,

        @Setting(defaultValue = "0.8", description = "The high watermark.")
        double highWatermark,

        @Setting(defaultValue = "10", description = "The batch size.")
        int batch,

        @Setting(defaultValue = "10m", description = "The batch timeout.")
        Duration batchTimeout,

        @Setting(defaultValue = "3", description = "The retries.")
        int maxRetries,

        @Setting(defaultValue = "1m", description = "The close timeout.")
        Duration closeTimeout,

        @Setting(defaultValue = "0s", description = "The predicted sojourn time that is critical.")
        Duration sojournLimit,

        @Setting(defaultValue = "0s", description = "The age that is critical.")
        Duration ageLimit,

        @Setting(defaultValue = "false", description = "Whether fragments are refused at the critical level.")
        boolean refusesWhenCritical) {

    static ReferenceSettings of(PipelineShape shape) {
        return new ReferenceSettings(
                shape.capacity(),
                shape.highWatermark(),
                shape.initialBatch(),
                shape.batchTimeout(),
                shape.maxRetries(),
                shape.closeTimeout(),
                shape.sojournLimit(),
                shape.ageLimit(),
                shape.refusesWhenCritical());
    }
}
