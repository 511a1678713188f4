package dev.geotherm.commonspool2;

import dev.geotherm.api.pool.ObjectPools;

/** There and back again; the order in which objects are handed out is known here, and so is checked, too. */
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
