package dev.geotherm.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.testkit.ContractRun;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.ObjectPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance tests of Commons Pool: all of them run, and they detect faults. */
class ConformanceTest {

    @ParameterizedTest
    @ValueSource(classes = {ObjectPoolConformanceTest.class, ObjectPoolOverCommonsConformanceTest.class})
    void objectPool_passesAllSeventeenTests(Class<?> tests) {
        assertAllPass(tests, 17);
    }

    @ParameterizedTest
    @ValueSource(classes = {KeyedObjectPoolConformanceTest.class, KeyedObjectPoolOverCommonsConformanceTest.class})
    void keyedObjectPool_passesAllFifteenTests(Class<?> tests) {
        assertAllPass(tests, 15);
    }

    private static void assertAllPass(Class<?> tests, int count) {
        ContractRun run = ContractRun.of(tests);
        assertThat(run.failures()).isEmpty();
        assertThat(run.skipped()).isEmpty();
        assertThat(run.succeeded()).isEqualTo(count);
    }

    @Test
    void conformance_detectsObjectsKeptAfterClose() {
        assertThat(ContractRun.of(KeepsAfterClose.class).failed()).containsExactly("testClosedPoolBehavior");
    }

    @Test
    void conformance_detectsLoansAfterClose() {
        assertThat(ContractRun.of(LendsAfterClose.class).failed())
                .containsExactly("testBaseClosePool", "testClosedPoolBehavior");
    }

    @Test
    void conformance_detectsMissingPassivation() {
        assertThat(ContractRun.of(InvalidatesOnReturn.class).failed())
                .contains("testPOFReturnObjectUsages", "testBaseNumActiveNumIdle", "testBaseBorrowReturn");
    }

    @Test
    void conformance_detectsHiddenFailuresOfDestruction() {
        assertThat(ContractRun.of(HidesFailingDestruction.class).failed())
                .containsExactly("testPOFInvalidateObjectUsages");
    }

    @Test
    void conformance_detectsAddingByBorrowing() {
        assertThat(ContractRun.of(AddsByBorrowing.class).failed()).contains("testPOFAddObjectUsage");
    }

    @Test
    void conformance_detectsMissingClear() {
        assertThat(ContractRun.of(DoesNotClear.class).failed()).contains("testBaseClear");
    }

    @Test
    void conformance_detectsWrongOrderIfItIsKnown() {
        assertThat(ContractRun.of(ClaimsTheWrongOrder.class).failed()).containsExactly("testBaseBorrowReturn");
    }

    @Test
    void conformance_detectsMixedKeys() {
        assertThat(ContractRun.of(MixesKeys.class).failed()).contains("testBaseBorrow", "testBaseNumActiveNumIdle2");
    }

    @Test
    void conformance_detectsHiddenFailuresOfKeyedDestruction() {
        assertThat(ContractRun.of(HidesFailingDestructionOfKey.class).failed())
                .containsExactly("testKPOFInvalidateObjectUsages");
    }

    @Test
    void conformance_detectsKeyedLoansAfterClose() {
        assertThat(ContractRun.of(LendsAfterCloseByKey.class).failed()).containsExactly("testClosedPoolBehavior");
    }

    abstract static class Planted extends ObjectPoolConformance {
        @Override
        ObjectPools pools() {
            return TestPools.lastInFirstOut();
        }

        @Override
        protected boolean isLifo() {
            return true;
        }
    }

    static class KeepsAfterClose extends Planted {
        @Override
        <T> ObjectPool<T> planted(ObjectPool<T> pool) {
            return new FaultyPool<>(pool) {
                private boolean closed;
                private int kept;

                @Override
                public void close() {
                    closed = true;
                    super.close();
                }

                @Override
                public void returnObject(T object) throws Exception {
                    kept += closed ? 1 : 0;
                    super.returnObject(object);
                }

                @Override
                public int getNumIdle() {
                    return super.getNumIdle() + kept;
                }
            };
        }
    }

    static class LendsAfterClose extends Planted {
        @Override
        <T> ObjectPool<T> planted(ObjectPool<T> pool) {
            return new FaultyPool<>(pool) {
                @Override
                public void close() {}
            };
        }
    }

    static class InvalidatesOnReturn extends Planted {
        @Override
        <T> ObjectPool<T> planted(ObjectPool<T> pool) {
            return new FaultyPool<>(pool) {
                @Override
                public void returnObject(T object) throws Exception {
                    invalidateObject(object);
                }
            };
        }
    }

    static class HidesFailingDestruction extends Planted {
        @Override
        <T> ObjectPool<T> planted(ObjectPool<T> pool) {
            return new FaultyPool<>(pool) {
                @Override
                public void invalidateObject(T object) {
                    try {
                        super.invalidateObject(object);
                    } catch (Exception hidden) {
                        assertThat(hidden).isNotNull();
                    }
                }
            };
        }
    }

    static class AddsByBorrowing extends Planted {
        @Override
        <T> ObjectPool<T> planted(ObjectPool<T> pool) {
            return new FaultyPool<>(pool) {
                @Override
                public void addObject() throws Exception {
                    returnObject(borrowObject());
                }
            };
        }
    }

    static class DoesNotClear extends Planted {
        @Override
        <T> ObjectPool<T> planted(ObjectPool<T> pool) {
            return new FaultyPool<>(pool) {
                @Override
                public void clear() {}
            };
        }
    }

    static class ClaimsTheWrongOrder extends Planted {
        @Override
        protected boolean isLifo() {
            return false;
        }

        @Override
        protected boolean isFifo() {
            return true;
        }
    }

    abstract static class PlantedByKey extends KeyedObjectPoolConformance {
        @Override
        ObjectPools pools() {
            return TestPools.lastInFirstOut();
        }
    }

    static class MixesKeys extends PlantedByKey {
        @Override
        KeyedObjectPool<Object, Object> planted(KeyedObjectPool<Object, Object> pool) {
            return new FaultyKeyedPool(pool) {
                @Override
                public Object borrowObject(Object key) throws Exception {
                    return super.borrowObject("0");
                }

                @Override
                public void returnObject(Object key, Object object) throws Exception {
                    super.returnObject("0", object);
                }
            };
        }
    }

    static class HidesFailingDestructionOfKey extends PlantedByKey {
        @Override
        KeyedObjectPool<Object, Object> planted(KeyedObjectPool<Object, Object> pool) {
            return new FaultyKeyedPool(pool) {
                @Override
                public void invalidateObject(Object key, Object object) {
                    try {
                        super.invalidateObject(key, object);
                    } catch (Exception hidden) {
                        assertThat(hidden).isNotNull();
                    }
                }
            };
        }
    }

    static class LendsAfterCloseByKey extends PlantedByKey {
        @Override
        KeyedObjectPool<Object, Object> planted(KeyedObjectPool<Object, Object> pool) {
            return new FaultyKeyedPool(pool) {
                @Override
                public void close() {}
            };
        }
    }
}
