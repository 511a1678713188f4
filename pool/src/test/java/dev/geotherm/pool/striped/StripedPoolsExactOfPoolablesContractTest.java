package dev.geotherm.pool.striped;

/** With exact returns, of objects that know their slot. */
final class StripedPoolsExactOfPoolablesContractTest extends StripedPoolsContract {

    StripedPoolsExactOfPoolablesContractTest() {
        super(true, true);
    }
}
