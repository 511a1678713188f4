package dev.geotherm.testkit.pool;

import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.testkit.RandomCases;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The clause that a pool does what its model does, whatever is asked of it; see {@link ObjectPoolsContract}. */
abstract class PoolsModelClauses extends PoolsLossClauses {
    private static final int CASES = 60;
    private static final int STEPS = 120;

    PoolsModelClauses() {}

    /** Everything in any order. */
    @Nested
    class AnyOrder {

        @Test
        void whateverIsDoneThePoolDoesWhatItsModelDoes() {
            RandomCases.run(CASES, random -> {
                WhenExhausted whenExhausted = PoolModel.anyRule(random);
                PoolLimits limits =
                        PoolLimits.of(1 + random.nextInt(6), whenExhausted).withMaxWait(Duration.ofMillis(1));
                limits = limits.withInitialSize(random.nextInt(limits.maxSize()));
                if (can(PoolCapability.GIVES_UP_OLD_OBJECTS) && random.nextBoolean()) {
                    limits = limits.withMaxAge(Duration.ofMillis(1));
                }
                ObjectPools pools = create(limits);
                PoolModel model = new PoolModel(
                        random,
                        pools,
                        newWorkshop(),
                        limits,
                        isReconfigurable(pools) ? changed -> reconfigure(pools, changed) : changed -> {});
                for (int step = 0; step < STEPS; step++) {
                    model.step();
                }
                model.close();
                pools.close();
            });
        }
    }
}
