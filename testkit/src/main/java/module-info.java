/** The contracts of the SPI as JUnit 5 classes to extend, and test utilities. Packages are open for JUnit. */
module dev.geotherm.testkit {
    requires transitive dev.geotherm.api;
    requires transitive dev.geotherm.delta;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires awaitility;
    requires org.junit.platform.launcher;
    requires static org.jspecify;

    exports dev.geotherm.testkit;
    exports dev.geotherm.testkit.anchor;
    exports dev.geotherm.testkit.batch;
    exports dev.geotherm.testkit.diff;
    exports dev.geotherm.testkit.pool;
    exports dev.geotherm.testkit.streaming;

    opens dev.geotherm.testkit;
    opens dev.geotherm.testkit.anchor;
    opens dev.geotherm.testkit.batch;
    opens dev.geotherm.testkit.diff;
    opens dev.geotherm.testkit.pool;
    opens dev.geotherm.testkit.streaming;
}
