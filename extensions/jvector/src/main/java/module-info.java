/** The passage indexes {@code jvector}: Lucene indexes with JVector's graphs. */
module dev.geotherm.jvector {
    requires transitive dev.geotherm.anchors;
    requires jvector;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.jvector;

    provides dev.geotherm.api.anchor.PassageIndexesFactory with
            dev.geotherm.jvector.JVectorIndexesFactory;
}
