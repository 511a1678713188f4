/**
 * All components and the platform that wires them. An application needs only {@code requires dev.geotherm.platform}.
 */
module dev.geotherm.platform {
    requires transitive dev.geotherm.anchors;
    requires transitive dev.geotherm.batch;
    requires transitive dev.geotherm.diff;
    requires transitive dev.geotherm.pool;
    requires transitive dev.geotherm.profiles;
    requires transitive dev.geotherm.streaming;
}
