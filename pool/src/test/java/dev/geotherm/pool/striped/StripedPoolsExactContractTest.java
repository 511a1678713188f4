package dev.geotherm.pool.striped;

import org.junit.jupiter.api.Tag;

/**
 * The contract with exact returns; the default build covers it by slab pools, which are striped pools with exact
 * returns.
 */
@Tag("full")
final class StripedPoolsExactContractTest extends StripedPoolsContract {

    StripedPoolsExactContractTest() {
        super(true, false);
    }
}
