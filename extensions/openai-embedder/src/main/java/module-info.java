/** The embedder {@code openai}, for servers with an OpenAI-compatible embeddings API. */
module dev.geotherm.openai {
    requires transitive dev.geotherm.api;
    requires com.fasterxml.jackson.databind;
    requires HdrHistogram;
    requires java.net.http;
    requires org.slf4j;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.openai;

    provides dev.geotherm.api.anchor.EmbedderFactory with
            dev.geotherm.openai.OpenAiEmbedderFactory;
}
