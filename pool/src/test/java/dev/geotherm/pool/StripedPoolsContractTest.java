package dev.geotherm.pool;

/** As the settings are by default. */
final class StripedPoolsContractTest extends StripedPoolsContract {

    StripedPoolsContractTest() {
        super(false, false);
    }
}
