package dev.geotherm.pool.striped;

import org.junit.jupiter.api.Tag;

/**
 * The contract with default settings, for objects that store their slot; the default build covers these objects with
 * exact returns, and the defaults with other objects.
 */
@Tag("full")
final class StripedPoolsOfPoolablesContractTest extends StripedPoolsContract {

    StripedPoolsOfPoolablesContractTest() {
        super(false, true);
    }
}
