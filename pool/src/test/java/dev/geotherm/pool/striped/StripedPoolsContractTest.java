package dev.geotherm.pool.striped;

/** As the settings are by default. */
final class StripedPoolsContractTest extends StripedPoolsContract {

    StripedPoolsContractTest() {
        super(false, false);
    }
}
