/** The passage indexes {@code jvector}: those of Lucene, with graphs of JVector. */
module dev.geotherm.jvector {
    requires transitive dev.geotherm.anchors;
    requires jvector;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.jvector;

    provides dev.geotherm.api.anchor.PassageIndexesFactory with
            dev.geotherm.jvector.JVectorIndexesFactory;
}
