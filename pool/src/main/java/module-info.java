/** Object pools: the implementations {@code striped}, {@code slab} and {@code none}. */
module dev.geotherm.pool {
    requires transitive dev.geotherm.api;
    requires HdrHistogram;
    requires java.management;
    requires jdk.management;
    requires jdk.unsupported;
    requires org.slf4j;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.pool.none;
    exports dev.geotherm.pool.slab;
    exports dev.geotherm.pool.striped;
    exports dev.geotherm.pool.vector;

    provides dev.geotherm.api.pool.ObjectPoolsFactory with
            dev.geotherm.pool.none.NonePoolsFactory,
            dev.geotherm.pool.slab.SlabPoolsFactory,
            dev.geotherm.pool.striped.StripedPoolsFactory;
}
