package dev.geotherm.testkit.anchor;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of every {@link AnchorStore}, as JUnit tests grouped by operation.
 *
 * <p>To test an implementation, extend this class, and create the store with its pools and its differ:
 *
 * <pre>{@code
 * final class MyStoreTest extends AnchorStoreContract {
 *     @Override
 *     protected AnchorStore open(AnchorStoreSettings settings, ComponentContext context) {
 *         return new MyStore(settings.maxAge(), settings.consolidation(), …, context);
 *     }
 *
 *     @Override
 *     protected ObjectPools openPools() {
 *         return new StripedPoolsFactory().create(…);
 *     }
 *
 *     @Override
 *     protected StateDiffer openDiffer() {
 *         return new TreeDifferFactory().create(…);
 *     }
 * }
 * }</pre>
 */
public abstract class AnchorStoreContract {
    private final AnchorStoreFixture fixture = new AnchorStoreFixture(this);

    /** Constructor for subclasses. */
    protected AnchorStoreContract() {}

    /**
     * Returns a new, empty store with the given settings and the pools, differ and clock of the given context. The contract
     * closes it.
     */
    protected abstract AnchorStore open(AnchorStoreSettings settings, ComponentContext context);

    /** Returns new pools that allocate beyond their bound instead of failing; the contract closes them. */
    protected abstract ObjectPools openPools();

    /** Returns a new differ that ignores no path; the contract closes it. */
    protected abstract StateDiffer openDiffer();

    @BeforeEach
    final void openStore(@TempDir Path folder) {
        fixture.open(folder);
    }

    @AfterEach
    final void closeStore() {
        fixture.close();
    }

    @Nested
    final class Ingest extends AnchorStoreIngestClauses {
        Ingest() {
            super(fixture);
        }
    }

    @Nested
    final class Reinforce extends AnchorStoreReinforceClauses {
        Reinforce() {
            super(fixture);
        }
    }

    @Nested
    final class PassageSet extends AnchorStoreSetClauses {
        PassageSet() {
            super(fixture);
        }
    }

    @Nested
    final class Restore extends AnchorStoreRestoreClauses {
        Restore() {
            super(fixture);
        }
    }

    @Nested
    final class Scrub extends AnchorStoreScrubClauses {
        Scrub() {
            super(fixture);
        }
    }

    @Nested
    final class Lookup extends AnchorStoreLookupClauses {
        Lookup() {
            super(fixture);
        }
    }

    @Nested
    final class Upkeep extends AnchorStoreUpkeepClauses {
        Upkeep() {
            super(fixture);
        }
    }

    @Nested
    final class State extends AnchorStoreStateClauses {
        State() {
            super(fixture);
        }
    }

    @Nested
    final class Life extends AnchorStoreLifeClauses {
        Life() {
            super(fixture);
        }
    }
}
