package dev.geotherm.pool.striped;

/** The contract with default settings, for objects that store their slot. */
final class StripedPoolsOfPoolablesContractTest extends StripedPoolsContract {

    StripedPoolsOfPoolablesContractTest() {
        super(false, true);
    }
}
