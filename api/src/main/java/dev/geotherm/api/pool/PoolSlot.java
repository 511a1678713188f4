package dev.geotherm.api.pool;

/** The slot of an object in its pool; opaque to everyone but that pool. */
public interface PoolSlot {}
