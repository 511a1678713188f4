package dev.geotherm.testkit.batch;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.BatchEvaluator;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link BatchEvaluator} does, as the Javadoc of {@code dev.geotherm.api.batch} has it.
 *
 * <p>Extend it and say how an evaluator is made:
 *
 * <pre>{@code
 * final class MyEvaluatorTest extends BatchEvaluatorContract {
 *     @Override
 *     protected BatchEvaluator create(ComponentContext context, Tuning tuning) {
 *         return new MyEvaluator(context, tuning.workers(), …);
 *     }
 * }
 * }</pre>
 *
 * <p>What lies in a checkpoint is the implementation's own affair; the clauses only cut it short, damage it and look whether
 * it is there. They want records that are checked, so that no damage passes for a result.
 */
public abstract class BatchEvaluatorContract {

    /** For subclasses. */
    protected BatchEvaluatorContract() {}

    /** Returns a new evaluator, which the contract closes. Threads are named after the context's instance. */
    protected abstract BatchEvaluator create(ComponentContext context, Tuning tuning);

    /**
     * How an evaluator is to be set up for a clause.
     *
     * @param batchSize items in a batch, at most
     * @param workers threads that evaluate, in every mode but the sequential one
     * @param maxRetries tries of an item on its own beyond the first
     * @param checkpointEvery after how many items a checkpoint is written, at the latest
     */
    public record Tuning(int batchSize, int workers, int maxRetries, int checkpointEvery) {
        static final Tuning SMALL = new Tuning(4, 2, 1, 10);
        static final Tuning ONE_BY_ONE = new Tuning(1, 1, 0, 1);
    }

    @Nested
    class Outcomes extends OutcomeClauses {
        Outcomes() {
            super(BatchEvaluatorContract.this);
        }
    }

    @Nested
    class Failing extends FailureClauses {
        Failing() {
            super(BatchEvaluatorContract.this);
        }
    }

    @Nested
    class Listening extends ListenerClauses {
        Listening() {
            super(BatchEvaluatorContract.this);
        }
    }

    @Nested
    class Cancelling extends CancelClauses {
        Cancelling() {
            super(BatchEvaluatorContract.this);
        }
    }

    @Nested
    class Resuming extends ResumeClauses {
        Resuming() {
            super(BatchEvaluatorContract.this);
        }
    }

    @Nested
    class CheckingTheCheckpoint extends CheckpointClauses {
        CheckingTheCheckpoint() {
            super(BatchEvaluatorContract.this);
        }
    }

    @Nested
    class Writing extends OutputClauses {
        Writing() {
            super(BatchEvaluatorContract.this);
        }
    }
}
