/** The embedder {@code hashing}, the anchor store {@code memory} and the passage indexes {@code lucene}. */
module dev.geotherm.anchors {
    requires transitive dev.geotherm.api;
    requires transitive dev.geotherm.delta;
    requires dev.geotherm.storage;
    requires com.github.benmanes.caffeine;
    requires com.google.i18n.phonenumbers.libphonenumber;
    requires HdrHistogram;
    requires org.apache.lucene.analysis.common;
    requires transitive org.apache.lucene.core;
    requires org.slf4j;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.anchors.codec;
    exports dev.geotherm.anchors.embedding;
    exports dev.geotherm.anchors.retrieval;
    exports dev.geotherm.anchors.store;

    provides dev.geotherm.api.anchor.AnchorStoreFactory with
            dev.geotherm.anchors.store.MemoryAnchorsFactory;
    provides dev.geotherm.api.anchor.EmbedderFactory with
            dev.geotherm.anchors.embedding.HashingEmbedderFactory;
    provides dev.geotherm.api.anchor.PassageIndexesFactory with
            dev.geotherm.anchors.retrieval.LuceneIndexesFactory;
    provides org.apache.lucene.codecs.KnnVectorsFormat with
            dev.geotherm.anchors.codec.SegmentGraphFormat;
}
