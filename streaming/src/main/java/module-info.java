/** Ingestion pipelines: the implementation {@code lanes}. */
module dev.geotherm.streaming {
    requires transitive dev.geotherm.api;
    requires dev.geotherm.storage;
    requires HdrHistogram;
    requires org.slf4j;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.streaming;
    exports dev.geotherm.streaming.flow;

    provides dev.geotherm.api.streaming.IngestionPipelinesFactory with
            dev.geotherm.streaming.LanePipelinesFactory;
}
