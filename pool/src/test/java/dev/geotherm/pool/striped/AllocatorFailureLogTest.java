package dev.geotherm.pool.striped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log messages about failing allocators. */
final class AllocatorFailureLogTest {
    private static final int MANY = 10_000;

    @RegisterExtension
    final LogRecorder said = new LogRecorder();

    /** An allocator that fails in everything except allocation. */
    private static final class Failing implements Allocator<StringBuilder> {
        private boolean resets;
        private long validations;

        @Override
        public StringBuilder allocate() {
            return new StringBuilder();
        }

        @Override
        public void reset(StringBuilder builder) {
            require(resets);
        }

        @Override
        public boolean validate(StringBuilder builder) {
            validations++;
            require(false);
            return true;
        }

        @Override
        public void deallocate(StringBuilder builder) {
            require(false);
        }

        @Override
        public long sizeInBytes(StringBuilder builder) {
            require(false);
            return 0;
        }

        private static void require(boolean works) {
            if (!works) {
                throw new UnsupportedOperationException("planted");
            }
        }
    }

    @Test
    void failures_areLoggedFirstWithStackAndThenAtEachDoubling() {
        try (StripedPools pools = new StripedPools(QuietPools.settings(), ComponentContext.standalone("failures"))) {
            ObjectPool<StringBuilder> pool = pools.open("builders", new Failing());
            for (int i = 0; i < MANY; i++) {
                pool.release(pool.acquire());
            }
            assertThat(pool.metrics().failures()).isEqualTo(MANY);
            assertSaid("to reset", 14); // 1, 2, 4, … 8192
            assertSaid("to deallocate", 14);
            assertSaid("to measure", 14);
            assertThat(said.events()).hasSize(3 * 14);
            assertThat(said.events())
                    .anyMatch(event -> event.getFormattedMessage()
                            .equals(
                                    "pool builders: the allocator failed to reset an object 8192 times so far, the last time with: "
                                            + "java.lang.UnsupportedOperationException: planted"));
        }
    }

    @Test
    void validationFailures_areLoggedAndCounted() {
        try (StripedPools pools = new StripedPools(QuietPools.settings(), ComponentContext.standalone("failures"))) {
            Failing allocator = new Failing();
            allocator.resets = true;
            ObjectPool<StringBuilder> pool = pools.open("builders", allocator);
            for (int i = 0; i <= 100; i++) {
                pool.release(pool.acquire());
            }
            assertThat(allocator.validations).isEqualTo(100); // each object once, except the first
            assertThat(pool.metrics().failures()).isEqualTo(100);
            assertSaid("to validate", 7); // 1, 2, 4, … 64
        }
    }

    private void assertSaid(String what, int times) {
        assertThat(said.events())
                .filteredOn(event -> event.getFormattedMessage().contains(what))
                .hasSize(times)
                .filteredOn(event -> event.getThrowableProxy() != null)
                .hasSize(1);
    }
}
