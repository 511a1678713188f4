package dev.geotherm.commonspool2;

import dev.geotherm.api.pool.ObjectPools;

class KeyedObjectPoolConformanceTest extends KeyedObjectPoolConformance {

    @Override
    ObjectPools pools() {
        return TestPools.unbounded();
    }
}
