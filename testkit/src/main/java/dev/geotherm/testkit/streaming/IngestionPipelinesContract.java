package dev.geotherm.testkit.streaming;

import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.IngestionPipelinesFactory;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.testkit.Patience;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/**
 * The contract of {@link IngestionPipelines}, as JUnit 5 tests that every implementation passes.
 *
 * <p>Extend it: return your factory, translate a {@link PipelineShape} into your settings, and list your capabilities:
 *
 * <pre>{@code
 * final class MyPipelinesTest extends IngestionPipelinesContract {
 *     @Override
 *     protected IngestionPipelinesFactory<?> factory() {
 *         return new MyPipelinesFactory();
 *     }
 *
 *     @Override
 *     protected Record settings(PipelineShape shape) {
 *         return new MySettings(shape.capacity(), shape.highWatermark(), …);
 *     }
 *
 *     @Override
 *     protected Set<PipelinesCapability> capabilities() {
 *         return EnumSet.allOf(PipelinesCapability.class);
 *     }
 * }
 * }</pre>
 *
 * <p>No clause depends on the speed of the machine; each waits for at most {@link Patience#limit()}. Every component is closed
 * after its clause.
 */
public abstract class IngestionPipelinesContract {
    private final PipelineFixture fixture = new PipelineFixture(this);

    /** For subclasses. */
    protected IngestionPipelinesContract() {}

    /** Returns the factory of the implementation. */
    protected abstract IngestionPipelinesFactory<?> factory();

    /** Returns a settings record of the factory's type that gives pipelines the shape. */
    protected abstract Record settings(PipelineShape shape);

    /** Returns the capabilities of the implementation. */
    protected abstract Set<PipelinesCapability> capabilities();

    /**
     * Returns the specification with which a clause opens a pipeline. Override it to run the contract with what your implementation adds,
     * such as a journal.
     */
    protected PipelineSpec<String> specification(PipelineSpec<String> spec) {
        return spec;
    }

    @AfterEach
    final void closeEverything() {
        fixture.close();
    }

    @Nested
    class Open extends OpenClauses {
        Open() {
            super(fixture);
        }
    }

    @Nested
    class Put extends PutClauses {
        Put() {
            super(fixture);
        }
    }

    @Nested
    class Offers extends OfferClauses {
        Offers() {
            super(fixture);
        }
    }

    @Nested
    class Submit extends SubmitClauses {
        Submit() {
            super(fixture);
        }
    }

    @Nested
    class Order extends OrderClauses {
        Order() {
            super(fixture);
        }
    }

    @Nested
    class Keys extends KeyClauses {
        Keys() {
            super(fixture);
        }
    }

    @Nested
    class Batches extends BatchClauses {
        Batches() {
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
    class Marks extends MarkClauses {
        Marks() {
            super(fixture);
        }
    }

    @Nested
    class DeadLetterStore extends DeadLetterClauses {
        DeadLetterStore() {
            super(fixture);
        }
    }

    @Nested
    class Outages extends OutageClauses {
        Outages() {
            super(fixture);
        }
    }

    @Nested
    class Timeouts extends TimeoutClauses {
        Timeouts() {
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
    class Levels extends LevelClauses {
        Levels() {
            super(fixture);
        }
    }

    @Nested
    class Deadlines extends DeadlineClauses {
        Deadlines() {
            super(fixture);
        }
    }

    @Nested
    class Duplicates extends DuplicateClauses {
        Duplicates() {
            super(fixture);
        }
    }

    @Nested
    class Pause extends PauseClauses {
        Pause() {
            super(fixture);
        }
    }

    @Nested
    class Drain extends DrainClauses {
        Drain() {
            super(fixture);
        }
    }

    @Nested
    class JournalOfFragments extends JournalClauses {
        JournalOfFragments() {
            super(fixture);
        }
    }

    @Nested
    class Close extends CloseClauses {
        Close() {
            super(fixture);
        }
    }

    @Nested
    class Measurements extends MetricsClauses {
        Measurements() {
            super(fixture);
        }
    }

    @Nested
    class Outcomes extends OutcomeClauses {
        Outcomes() {
            super(fixture);
        }
    }

    @Nested
    class Errors extends ErrorClauses {
        Errors() {
            super(fixture);
        }
    }

    @Nested
    class InstanceSettings extends InstanceSettingsClauses {
        InstanceSettings() {
            super(fixture);
        }
    }
}
