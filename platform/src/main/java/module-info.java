/** All components and the platform that wires them: {@code requires dev.geotherm.platform} is enough for an application. */
module dev.geotherm.platform {
    requires transitive dev.geotherm.anchors;
    requires transitive dev.geotherm.batch;
    requires transitive dev.geotherm.diff;
    requires transitive dev.geotherm.pool;
    requires transitive dev.geotherm.profiles;
    requires transitive dev.geotherm.streaming;
}
