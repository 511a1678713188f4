package dev.geotherm.anchors.store;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;

/**
 * The opening of a store's pool under the first free name, because a new store can start while its predecessor is still in
 * use.
 */
final class AnchorPool {
    private static final int ATTEMPTS = 100;

    private AnchorPool() {}

    static ObjectPool<PooledAnchor> open(ObjectPools pools, String instance, Allocator<PooledAnchor> allocator) {
        String name = instance;
        for (int attempt = 2; ; attempt++) {
            try {
                return pools.open(name, allocator);
            } catch (IllegalArgumentException taken) {
                if (attempt > ATTEMPTS) {
                    throw taken;
                }
                name = instance + "-" + attempt;
            }
        }
    }
}
