/** State diff, tracked states, delta codecs and context caches: the implementation {@code tree}. */
module dev.geotherm.diff {
    requires transitive dev.geotherm.api;
    requires transitive dev.geotherm.delta;
    requires com.github.benmanes.caffeine;
    requires com.github.luben.zstd_jni;
    requires dev.geotherm.storage;
    requires HdrHistogram;
    requires org.lz4.java;
    requires org.slf4j;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.diff;
    exports dev.geotherm.diff.codec;

    provides dev.geotherm.api.diff.StateDifferFactory with
            dev.geotherm.diff.TreeDifferFactory;
}
