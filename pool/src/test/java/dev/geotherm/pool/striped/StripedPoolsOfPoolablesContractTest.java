package dev.geotherm.pool.striped;

import org.junit.jupiter.api.Tag;

/**
 * The contract with default settings, for objects that store their slot; the default build has it with exact returns, and without slots.
 */
@Tag("full")
final class StripedPoolsOfPoolablesContractTest extends StripedPoolsContract {

    StripedPoolsOfPoolablesContractTest() {
        super(false, true);
    }
}
