package dev.geotherm.pool;

/** With exact returns. */
final class StripedPoolsExactContractTest extends StripedPoolsContract {

    StripedPoolsExactContractTest() {
        super(true, false);
    }
}
