/** Profiles, discovery of implementations, and the platform that wires them. */
module dev.geotherm.profiles {
    requires com.google.common; // for Guice, an automatic module, which cannot require it
    requires transitive com.google.guice;
    requires transitive dev.geotherm.api;
    requires transitive dev.geotherm.delta;
    requires dev.geotherm.storage;
    requires jakarta.inject;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    exports dev.geotherm.profiles.config;
    exports dev.geotherm.profiles.plugin;
    exports dev.geotherm.profiles.runtime;
    exports dev.geotherm.profiles.telemetry;

    // For package-private records: settings, and the metrics of the platform.
    opens dev.geotherm.profiles.config to
            dev.geotherm.api;
    opens dev.geotherm.profiles.runtime to
            dev.geotherm.api;

    uses dev.geotherm.api.anchor.AnchorStoreFactory;
    uses dev.geotherm.api.anchor.EmbedderFactory;
    uses dev.geotherm.api.anchor.PassageIndexesFactory;
    uses dev.geotherm.api.anchor.ScrubRuleFactory;
    uses dev.geotherm.api.batch.BatchEvaluatorFactory;
    uses dev.geotherm.api.diff.StateDifferFactory;
    uses dev.geotherm.api.document.FileFormat;
    uses dev.geotherm.api.pool.ObjectPoolsFactory;
    uses dev.geotherm.api.streaming.IngestionPipelinesFactory;
    uses dev.geotherm.profiles.config.ProfileSection;
}
