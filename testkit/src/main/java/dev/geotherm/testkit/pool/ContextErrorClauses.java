package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Clauses about errors thrown by the context or during close: nothing is lost, and everything can still be closed. */
abstract class ContextErrorClauses {
    private static final int SIZE = 2;

    private final PoolFixture fixture;

    ContextErrorClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void error_ofTheContextCostsNoCapacity() {
        for (Supplier<Error> error : ErrorClauses.ERRORS) {
            for (FailingContext.Method method : FailingContext.Method.values()) {
                FailingContext context = fixture.failingContext();
                ObjectPools pools = fixture.create(PoolLimits.failing(SIZE), context);
                ObjectPool<Object> pool = pools.open("objects", fixture.failingAllocator());
                context.fail(method, error);
                ErrorClauses.quietly(() -> pool.release(pool.acquire()));
                ErrorClauses.quietly(() -> pool.discard(pool.acquire()));
                ErrorClauses.quietly(pool::cleanUp);
                ErrorClauses.quietly(pools::trim);
                ErrorClauses.quietly(
                        () -> pools.open("more", fixture.failingAllocator()).close());
                ErrorClauses.quietly(() -> fixture.advance(Duration.ofSeconds(1)));
                context.succeed();
                fixture.assertWhole(pools, pool, SIZE);
            }
        }
    }

    @Test
    void error_atCreationLeavesNoTask() {
        for (Supplier<Error> error : ErrorClauses.ERRORS) {
            for (int calls = 0; calls < 3; calls++) {
                FailingContext context = fixture.failingContext();
                context.failAfter(calls, FailingContext.Method.SCHEDULE, error);
                ErrorClauses.quietly(
                        () -> fixture.create(PoolLimits.failing(SIZE), context).close());
                assertThat(fixture.scheduled()).as("tasks left").isZero();
            }
        }
    }

    @Test
    void error_whileClosingLeavesNoPoolOpen() {
        for (Supplier<Error> error : ErrorClauses.ERRORS) {
            FailingContext context = fixture.failingContext();
            FailingAllocator allocator = fixture.failingAllocator();
            ObjectPools pools = fixture.create(PoolLimits.failing(SIZE), context);
            List<ObjectPool<Object>> opened = new ArrayList<>();
            for (String name : List.of("one", "two", "three")) {
                ObjectPool<Object> pool = pools.open(name, allocator);
                pool.run(object -> {});
                opened.add(pool);
            }
            context.fail(FailingContext.Method.CANCEL, error);
            allocator.fail(FailingAllocator.Method.DEALLOCATE, error);
            ErrorClauses.quietly(pools::close);
            opened.forEach(pool -> assertThatIllegalStateException().isThrownBy(pool::acquire));
            context.succeed();
            pools.close();
            assertThat(fixture.scheduled()).as("tasks left").isZero();
            assertThat(pools.metrics().closed()).isEqualTo(3);
        }
    }
}
