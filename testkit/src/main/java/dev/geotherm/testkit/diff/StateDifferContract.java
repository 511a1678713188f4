package dev.geotherm.testkit.diff;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.StateDiffer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of every {@link StateDiffer}, as specified by {@code dev.geotherm.api.diff}, with one nested group of JUnit
 * tests per operation.
 *
 * <p>To test an implementation, extend this class, create a differ with the limits that a clause needs, and list its
 * capabilities:
 *
 * <pre>{@code
 * final class MyDifferTest extends StateDifferContract {
 *     @Override
 *     protected StateDiffer create(DifferLimits limits, ComponentContext context) {
 *         return new MyDiffer(limits.depthLimit(), …, context);
 *     }
 *
 *     @Override
 *     protected Set<DifferCapability> capabilities() {
 *         return EnumSet.of(DifferCapability.DEPTH_LIMIT, DifferCapability.IGNORED_PATHS);
 *     }
 * }
 * }</pre>
 *
 * <p>Many clauses use random states; the message of a failure says how to replay it. After each clause, the contract closes
 * the differs and asserts that no thread is left.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StateDifferContract {
    private final DifferFixture differs = new DifferFixture(this);

    /** Constructor for subclasses. */
    protected StateDifferContract() {}

    /** Returns a new differ with the given limits. The implementation chooses its other settings. */
    protected abstract StateDiffer create(DifferLimits limits, ComponentContext context);

    /** Returns the capabilities of the implementation's settings. */
    protected abstract Set<DifferCapability> capabilities();

    /**
     * Returns limits as the settings of a named instance, by name of the setting. Used for {@link
     * DifferCapability#INSTANCE_SETTINGS}.
     */
    protected Map<String, String> instanceSettings(DifferLimits limits) {
        return Map.of();
    }

    @AfterEach
    void closeDiffers() {
        differs.close();
    }

    /** {@link StateDiffer#diff}. */
    @Nested
    class Diff extends DiffClauses {
        Diff() {
            super(differs);
        }
    }

    /** {@link StateDiffer#summarize}. */
    @Nested
    class Summarize extends SummaryClauses {
        Summarize() {
            super(differs);
        }
    }

    /** {@link StateDelta#compose}. */
    @Nested
    class Compose extends ComposeClauses {
        Compose() {
            super(differs);
        }
    }

    /** {@link StateDelta#applyTo} and {@link StateDelta#applyInPlace} for a differ's deltas. */
    @Nested
    class Apply extends ApplyClauses {
        Apply() {
            super(differs);
        }
    }

    /** {@link StateDelta#conflicts} and {@link StateDelta#rebaseOver} for a differ's deltas. */
    @Nested
    class Rebase extends RebaseClauses {
        Rebase() {
            super(differs);
        }
    }

    /** Moved array elements. */
    @Nested
    class Moves extends MoveClauses {
        Moves() {
            super(differs);
        }
    }

    /** Spliced texts. */
    @Nested
    class Splices extends SpliceClauses {
        Splices() {
            super(differs);
        }
    }

    /** Recorded old values. */
    @Nested
    class OldValues extends OldValueClauses {
        OldValues() {
            super(differs);
        }
    }

    /** Members that identify array elements. */
    @Nested
    class IdentityKeys extends IdentityKeyClauses {
        IdentityKeys() {
            super(differs);
        }
    }

    /** Numbers compared by value. */
    @Nested
    class Numbers extends NumberClauses {
        Numbers() {
            super(differs);
        }
    }

    /** Ignored paths. */
    @Nested
    class IgnoredPaths extends IgnoredPathClauses {
        IgnoredPaths() {
            super(differs);
        }
    }

    /** {@link StateDiffer#fingerprint}. */
    @Nested
    class Fingerprints extends FingerprintClauses {
        Fingerprints() {
            super(differs);
        }
    }

    /** {@link StateDiffer#codec}. */
    @Nested
    class Codec extends CodecClauses {
        Codec() {
            super(differs);
        }
    }

    /** {@link StateDiffer#updateCodec}. */
    @Nested
    class Updates extends UpdateCodecClauses {
        Updates() {
            super(differs);
        }
    }

    /** Errors thrown at any point. */
    @Nested
    class Errors extends ErrorClauses {
        Errors() {
            super(differs);
        }
    }

    /** Recovery after an error. */
    @Nested
    class OwedWork extends OwedWorkClauses {
        OwedWork() {
            super(differs);
        }
    }

    /** {@link StateDiffer#track}. */
    @Nested
    class Track extends TrackClauses {
        Track() {
            super(differs);
        }
    }

    /** {@link TrackedState#edit} and {@link StateEditor}. */
    @Nested
    class Edit extends EditClauses {
        Edit() {
            super(differs);
        }
    }

    /** {@link TrackedState#commit}. */
    @Nested
    class Commit extends CommitClauses {
        Commit() {
            super(differs);
        }
    }

    /** {@link TrackedState#snapshot} and {@link TrackedState#since}. */
    @Nested
    class History extends HistoryClauses {
        History() {
            super(differs);
        }
    }

    /** {@link TrackedState#subscribe}. */
    @Nested
    class Subscribe extends SubscribeClauses {
        Subscribe() {
            super(differs);
        }
    }

    /** {@link StateDiffer#replica}. */
    @Nested
    class Replica extends ReplicaClauses {
        Replica() {
            super(differs);
        }
    }

    /** {@link StateDiffer#openCache}. */
    @Nested
    class Cache extends CacheClauses {
        Cache() {
            super(differs);
        }
    }
}
