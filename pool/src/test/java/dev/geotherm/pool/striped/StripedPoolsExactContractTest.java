package dev.geotherm.pool.striped;

/** With exact returns. */
final class StripedPoolsExactContractTest extends StripedPoolsContract {

    StripedPoolsExactContractTest() {
        super(true, false);
    }
}
