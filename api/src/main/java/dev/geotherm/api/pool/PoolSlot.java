package dev.geotherm.api.pool;

/** The slot of an object in its pool; opaque to all but that pool. */
public interface PoolSlot {}
