/** State diff, tracked states, delta codecs and context caches: the implementation {@code tree}. */
module dev.geotherm.diff {
    requires transitive dev.geotherm.api;
    requires transitive dev.geotherm.delta;
    requires com.github.benmanes.caffeine;
    requires dev.geotherm.storage;
    requires HdrHistogram;
    requires org.slf4j;
    requires static com.github.luben.zstd_jni;
    requires static com.google.auto.service;
    requires static org.jspecify;
    requires static org.lz4.java;

    exports dev.geotherm.diff;
    exports dev.geotherm.diff.codec;

    provides dev.geotherm.api.diff.StateDifferFactory with
            dev.geotherm.diff.TreeDifferFactory;
}
