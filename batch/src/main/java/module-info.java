/** The batch evaluator {@code local}, which evaluates large corpora with checkpoints, and ranking measures. */
module dev.geotherm.batch {
    requires transitive dev.geotherm.api;
    requires transitive dev.geotherm.delta;
    requires dev.geotherm.storage;
    requires HdrHistogram;
    requires org.apache.commons.numbers.gamma;
    requires org.slf4j;
    requires static com.github.luben.zstd_jni;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.batch;
    exports dev.geotherm.batch.comparison;
    exports dev.geotherm.batch.measure;

    provides dev.geotherm.api.batch.BatchEvaluatorFactory with
            dev.geotherm.batch.LocalEvaluatorFactory;
}
