package dev.geotherm.testkit.pool;

/** What an implementation of object pools may do or leave. */
public enum PoolCapability {
    /** Objects are made in advance when a pool is opened; without it, none ever is. */
    PREPARES_OBJECTS,
    /** Objects that their holders lost are found and their capacity is restored; without it, none is ever counted. */
    FINDS_ABANDONED,
    /** A returned object serves again; without it, each is deallocated on its return, and none is ever idle. */
    REUSES_OBJECTS
}
