package dev.geotherm.pool.striped;

/** As the settings are by default, of objects that know their slot. */
final class StripedPoolsOfPoolablesContractTest extends StripedPoolsContract {

    StripedPoolsOfPoolablesContractTest() {
        super(false, true);
    }
}
