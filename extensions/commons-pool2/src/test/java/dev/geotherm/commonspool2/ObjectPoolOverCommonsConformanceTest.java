package dev.geotherm.commonspool2;

import dev.geotherm.api.pool.ObjectPools;

/** The adapters in both directions; here the order of objects is known, so it is checked, too. */
class ObjectPoolOverCommonsConformanceTest extends ObjectPoolConformance {

    @Override
    ObjectPools pools() {
        return TestPools.lastInFirstOut();
    }

    @Override
    protected boolean isLifo() {
        return true;
    }
}
