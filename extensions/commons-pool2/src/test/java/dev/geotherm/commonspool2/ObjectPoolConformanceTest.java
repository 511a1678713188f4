package dev.geotherm.commonspool2;

import dev.geotherm.api.pool.ObjectPools;

class ObjectPoolConformanceTest extends ObjectPoolConformance {

    @Override
    ObjectPools pools() {
        return TestPools.unbounded();
    }
}
