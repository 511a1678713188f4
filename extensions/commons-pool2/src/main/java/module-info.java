/** Apache Commons Pool's interfaces over the platform's pools, and the implementation {@code commons-pool2}. */
@SuppressWarnings("module") // the digit is the name of the library
module dev.geotherm.commonspool2 {
    requires transitive dev.geotherm.api;
    requires transitive org.apache.commons.pool2;
    requires HdrHistogram;
    requires org.slf4j;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.commonspool2;

    provides dev.geotherm.api.pool.ObjectPoolsFactory with
            dev.geotherm.commonspool2.CommonsPoolsFactory;
}
