/**
 * Adapters between Apache Commons Pool 2 and the pools of the platform: Commons Pool's interfaces over any
 * {@link dev.geotherm.api.pool.ObjectPools}, and {@code ObjectPools} over Commons Pool's {@code GenericObjectPool}.
 */
@NullMarked
package dev.geotherm.commonspool2;

import org.jspecify.annotations.NullMarked;
