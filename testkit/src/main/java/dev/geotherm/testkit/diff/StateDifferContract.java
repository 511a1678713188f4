package dev.geotherm.testkit.diff;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.StateDiffer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of {@link StateDiffer}, as described by {@code dev.geotherm.api.diff}, with a nested group of clauses
 * for each operation.
 *
 * <p>To test an implementation, extend this class, create a differ with the limits that a clause needs, and list the
 * capabilities of its settings; clauses about other capabilities are skipped:
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
 * <p>Many clauses use random states; a failure message says how to replay it. After each clause the contract closes the
 * differs and checks that no thread is left.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StateDifferContract {
    private final DifferFixture differs = new DifferFixture(this);

    /** Creates the contract. */
    protected StateDifferContract() {}

    /** Returns a new differ with the given limits; its other settings are up to the implementation. */
    protected abstract StateDiffer create(DifferLimits limits, ComponentContext context);

    /** Returns the capabilities of the implementation's settings. */
    protected abstract Set<DifferCapability> capabilities();

    /**
     * Returns limits as settings of a named instance: texts by name of the setting. Used for {@link
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

    /** {@link StateDelta#applyTo} and {@link StateDelta#applyInPlace} for the deltas of a differ. */
    @Nested
    class Apply extends ApplyClauses {
        Apply() {
            super(differs);
        }
    }

    /** {@link StateDelta#conflicts} and {@link StateDelta#rebaseOver} for the deltas of a differ. */
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

    /** Numbers that are compared by value. */
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

    /** Errors that are thrown anywhere. */
    @Nested
    class Errors extends ErrorClauses {
        Errors() {
            super(differs);
        }
    }

    /** Updates, names and closes that are owed after an error. */
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
