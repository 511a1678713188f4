package dev.geotherm.pool.striped;

/** The contract with exact returns, for objects that store their slot. */
final class StripedPoolsExactOfPoolablesContractTest extends StripedPoolsContract {

    StripedPoolsExactOfPoolablesContractTest() {
        super(true, true);
    }
}
