package dev.geotherm.api.pool;

/** The place that a pool keeps an object in; it means something to that pool only. */
public interface PoolSlot {}
