package dev.geotherm.pool.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.geotherm.testkit.ContractRun;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The contract holds while the log throws errors. */
final class LogErrorsTest {

    /** An appender that throws each kind of error in turn. */
    private static final class ThrowingLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        final AtomicInteger thrown = new AtomicInteger();
        private final Logger logger = (Logger) LoggerFactory.getLogger("dev.geotherm.pool");

        ThrowingLog() {
            start();
            logger.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            throw switch (thrown.getAndIncrement() % 3) {
                case 0 -> new StackOverflowError("planted by a test");
                case 1 -> new OutOfMemoryError("planted by a test");
                default -> new Error("planted by a test");
            };
        }

        @Override
        public void close() {
            logger.detachAppender(this);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "striped.StripedPoolsContractTest",
                "slab.SlabPoolsContractTest",
                "none.NonePoolsContractTest",
            })
    void contract_holdsWhileTheLogThrowsErrors(String contract) throws Exception {
        Class<?> type = Class.forName("dev.geotherm.pool." + contract);
        try (ThrowingLog log = new ThrowingLog()) {
            ContractRun run = ContractRun.of(
                    type,
                    Set.of(
                            "error_ofAnAllocatorCostsNoCapacity",
                            "error_duringOpenLeavesTheNameFree",
                            "error_whileClosingLeavesNoPoolOpen",
                            "leak_ofAnObjectIsDetected",
                            "leak_isCountedOnce",
                            "release_failingResetDiscards",
                            "acquire_replacesAnObjectThatCannotBeValidated"));

            assertThat(run.failures()).isEmpty();
            assertThat(log.thrown).hasPositiveValue();
        }
    }
}
