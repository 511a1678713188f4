package dev.geotherm.pool.striped;

/** The contract with exact returns. */
final class StripedPoolsExactContractTest extends StripedPoolsContract {

    StripedPoolsExactContractTest() {
        super(true, false);
    }
}
