package dev.geotherm.testkit.batch;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.BatchEvaluator;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of every {@link BatchEvaluator}, as specified by {@code dev.geotherm.api.batch}, as JUnit tests.
 *
 * <p>To test an implementation, extend this class, create an evaluator, and list its capabilities:
 *
 * <pre>{@code
 * final class MyEvaluatorTest extends BatchEvaluatorContract {
 *     @Override
 *     protected BatchEvaluator create(ComponentContext context, Tuning tuning) {
 *         return new MyEvaluator(context, tuning.workers(), …);
 *     }
 *
 *     @Override
 *     protected Set<EvaluatorCapability> capabilities() {
 *         return EnumSet.allOf(EvaluatorCapability.class);
 *     }
 * }
 * }</pre>
 *
 * <p>The implementation chooses the format of its checkpoint. The clauses truncate and damage the checkpoint, and check
 * whether it exists. They require checksums, which keep damage from being mistaken for a result.
 */
public abstract class BatchEvaluatorContract {
    private final EvaluatorFixture fixture = new EvaluatorFixture(this);

    /** Constructor for subclasses. */
    protected BatchEvaluatorContract() {}

    /**
     * Creates an evaluator. The contract closes it.
     *
     * @param context provides the threads, which are named after the context's instance
     * @param tuning the limits of the evaluator
     */
    protected abstract BatchEvaluator create(ComponentContext context, Tuning tuning);

    /** Returns the capabilities of the implementation. */
    protected abstract Set<EvaluatorCapability> capabilities();

    /**
     * The limits of an evaluator.
     *
     * @param batchSize the maximum number of items per batch
     * @param workers the number of evaluation threads, in every mode except sequential
     * @param maxRetries the maximum number of retries of an item that fails on its own
     * @param checkpointEvery the maximum number of items between two forces of the checkpoint
     */
    public record Tuning(int batchSize, int workers, int maxRetries, int checkpointEvery) {
        static final Tuning SMALL = new Tuning(4, 2, 1, 10);
        static final Tuning ONE_BY_ONE = new Tuning(1, 1, 0, 1);
    }

    @BeforeEach
    void openFixture(@TempDir Path folder) {
        fixture.open(folder);
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Nested
    class Outcomes extends OutcomeClauses {
        Outcomes() {
            super(fixture);
        }
    }

    @Nested
    class Failures extends FailureClauses {
        Failures() {
            super(fixture);
        }
    }

    @Nested
    class Listeners extends ListenerClauses {
        Listeners() {
            super(fixture);
        }
    }

    @Nested
    class Cancellation extends CancelClauses {
        Cancellation() {
            super(fixture);
        }
    }

    @Nested
    class Resumption extends ResumeClauses {
        Resumption() {
            super(fixture);
        }
    }

    @Nested
    class Checkpoints extends CheckpointClauses {
        Checkpoints() {
            super(fixture);
        }
    }

    @Nested
    class Outputs extends OutputClauses {
        Outputs() {
            super(fixture);
        }
    }
}
