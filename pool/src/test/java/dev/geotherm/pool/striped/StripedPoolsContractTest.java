package dev.geotherm.pool.striped;

/** The contract with default settings. */
final class StripedPoolsContractTest extends StripedPoolsContract {

    StripedPoolsContractTest() {
        super(false, false);
    }
}
