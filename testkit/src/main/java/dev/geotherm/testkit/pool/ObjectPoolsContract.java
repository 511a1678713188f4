package dev.geotherm.testkit.pool;

import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of every {@link ObjectPools} component, with one nested group of JUnit tests per operation.
 *
 * <p>To test an implementation, extend this class, return the factory, translate limits into settings, and list the
 * capabilities:
 *
 * <pre>{@code
 * final class MyPoolsTest extends ObjectPoolsContract {
 *     @Override
 *     protected ObjectPoolsFactory<?> factory() {
 *         return new MyPoolsFactory();
 *     }
 *
 *     @Override
 *     protected Record settings(PoolLimits limits) {
 *         return new MyPoolsSettings(limits.initialSize(), limits.maxSize(), …);
 *     }
 *
 *     @Override
 *     protected Set<PoolCapability> capabilities() {
 *         return EnumSet.allOf(PoolCapability.class);
 *     }
 * }
 * }</pre>
 *
 * <p>The contract advances the components' scheduler manually, so the clean-up runs only when a clause needs it. Clauses
 * about virtual threads are skipped on a JDK without them. If objects that store their slot are released on a different code
 * path, extend this class twice, once with {@link #ofPoolables} returning true. After each clause, the contract asserts that
 * {@code close()} left no thread and no scheduled task.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ObjectPoolsContract {
    private final PoolFixture fixture = new PoolFixture(this);

    /** Constructor for subclasses. */
    protected ObjectPoolsContract() {}

    /** Returns the factory of the implementation. */
    protected abstract ObjectPoolsFactory<?> factory();

    /** Returns a settings record of the factory's type with the given limits. */
    protected abstract Record settings(PoolLimits limits);

    /** Returns the capabilities of the implementation. */
    protected abstract Set<PoolCapability> capabilities();

    /**
     * Returns whether the objects of all clauses are {@link dev.geotherm.api.pool.Poolable}; false unless overridden.
     */
    protected boolean ofPoolables() {
        return false;
    }

    @AfterEach
    void closeComponents() {
        fixture.close();
    }

    /** See {@link OpenClauses}. */
    @Nested
    class Open extends OpenClauses {
        Open() {
            super(fixture);
        }
    }

    /** See {@link AcquireClauses}. */
    @Nested
    class Acquire extends AcquireClauses {
        Acquire() {
            super(fixture);
        }
    }

    /** See {@link ReleaseClauses}. */
    @Nested
    class Release extends ReleaseClauses {
        Release() {
            super(fixture);
        }
    }

    /** See {@link LeaseClauses}. */
    @Nested
    class Leases extends LeaseClauses {
        Leases() {
            super(fixture);
        }
    }

    /** See {@link ExhaustedFailClauses}. */
    @Nested
    class ExhaustedFail extends ExhaustedFailClauses {
        ExhaustedFail() {
            super(fixture);
        }
    }

    /** See {@link ExhaustedAllocateClauses}. */
    @Nested
    class ExhaustedAllocate extends ExhaustedAllocateClauses {
        ExhaustedAllocate() {
            super(fixture);
        }
    }

    /** See {@link ExhaustedWaitClauses}. */
    @Nested
    class ExhaustedWait extends ExhaustedWaitClauses {
        ExhaustedWait() {
            super(fixture);
        }
    }

    /** See {@link CountedMisuseClauses}. */
    @Nested
    class CountedMisuse extends CountedMisuseClauses {
        CountedMisuse() {
            super(fixture);
        }
    }

    /** See {@link SlotClauses}. */
    @Nested
    class Slots extends SlotClauses {
        Slots() {
            super(fixture);
        }
    }

    /** See {@link ConcurrencyClauses}. */
    @Nested
    class Concurrency extends ConcurrencyClauses {
        Concurrency() {
            super(fixture);
        }
    }

    /** See {@link MetricsClauses}. */
    @Nested
    class Metrics extends MetricsClauses {
        Metrics() {
            super(fixture);
        }
    }

    /** See {@link CleanUpClauses}. */
    @Nested
    class CleanUp extends CleanUpClauses {
        CleanUp() {
            super(fixture);
        }
    }

    /** See {@link TrimClauses}. */
    @Nested
    class Trim extends TrimClauses {
        Trim() {
            super(fixture);
        }
    }

    /** See {@link ReconfigureClauses}. */
    @Nested
    class Reconfigure extends ReconfigureClauses {
        Reconfigure() {
            super(fixture);
        }
    }

    /** See {@link LeakClauses}. */
    @Nested
    class Leaks extends LeakClauses {
        Leaks() {
            super(fixture);
        }
    }

    /** See {@link ErrorClauses}. */
    @Nested
    class Errors extends ErrorClauses {
        Errors() {
            super(fixture);
        }
    }

    /** See {@link ContextErrorClauses}. */
    @Nested
    class ContextErrors extends ContextErrorClauses {
        ContextErrors() {
            super(fixture);
        }
    }

    /** See {@link ModelClauses}. */
    @Nested
    class Model extends ModelClauses {
        Model() {
            super(fixture);
        }
    }

    /** See {@link CloseClauses}. */
    @Nested
    class Close extends CloseClauses {
        Close() {
            super(fixture);
        }
    }
}
