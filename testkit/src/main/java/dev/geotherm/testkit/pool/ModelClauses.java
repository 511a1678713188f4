package dev.geotherm.testkit.pool;

import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.testkit.RandomCases;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clause about random operations: a pool matches its model after any sequence. */
abstract class ModelClauses {
    private static final int CASES = 12;
    private static final int MANY_CASES = 60;
    private static final int STEPS = 120;

    private final PoolFixture fixture;

    ModelClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void anyOperations_matchTheModel() {
        matchTheModel(CASES);
    }

    @Test
    @Tag("full")
    void anyOperations_ofManyCasesMatchTheModel() {
        matchTheModel(MANY_CASES);
    }

    private void matchTheModel(int cases) {
        RandomCases.run(cases, random -> {
            WhenExhausted whenExhausted = PoolModel.anyRule(random);
            PoolLimits limits =
                    PoolLimits.of(1 + random.nextInt(6), whenExhausted).withMaxWait(Duration.ofMillis(1));
            limits = limits.withInitialSize(random.nextInt(limits.maxSize()));
            if (fixture.can(PoolCapability.EXPIRES_OLD_OBJECTS) && random.nextBoolean()) {
                limits = limits.withMaxAge(Duration.ofMillis(1));
            }
            ObjectPools pools = fixture.create(limits);
            PoolModel model = new PoolModel(
                    random,
                    pools,
                    fixture.newAllocator(),
                    limits,
                    fixture.can(PoolCapability.RECONFIGURES),
                    changed -> fixture.reconfigure(pools, changed),
                    fixture::outlive);
            for (int step = 0; step < STEPS; step++) {
                model.step();
            }
            model.close();
            pools.close();
        });
    }
}
