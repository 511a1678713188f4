/** The knowledge engine: corpora, ingestion, state, upkeep, search, evaluation. */
@SuppressWarnings("module") // the adapter that sees the ledger is compiled later
module dev.geotherm.engine {
    requires transitive dev.geotherm.batch;
    requires transitive dev.geotherm.profiles;
    requires dev.geotherm.delta;
    requires dev.geotherm.storage;
    requires jakarta.inject;
    requires java.management;
    requires org.jsoup;
    requires org.slf4j;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.engine;
    exports dev.geotherm.engine.corpus;
    exports dev.geotherm.engine.ledger to
            dev.geotherm.langchain4j;

    uses dev.geotherm.api.document.FileFormat;

    // Its constructors are called by dev.geotherm.profiles.runtime.Injectors.
    opens dev.geotherm.engine to
            dev.geotherm.profiles;

    provides dev.geotherm.profiles.config.ProfileSection with
            dev.geotherm.engine.EngineSection;
}
