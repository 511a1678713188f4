/** Adapters between LangChain4j and Geotherm, and a ledger for any LangChain4j embedding store. */
module dev.geotherm.langchain4j {
    requires transitive dev.geotherm.api;
    requires transitive dev.geotherm.engine;
    requires dev.geotherm.storage;
    requires com.fasterxml.jackson.databind;
    requires HdrHistogram;
    requires transitive langchain4j.core;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.langchain4j;

    uses dev.langchain4j.spi.model.embedding.EmbeddingModelFactory;

    provides dev.geotherm.api.anchor.EmbedderFactory with
            dev.geotherm.langchain4j.LangChainEmbedderFactory;
}
