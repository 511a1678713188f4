package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.testkit.ContractRun;
import dev.geotherm.testkit.PlantedRuns;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A test of the contract of pools: correct pools pass, and the gravest faults fail their clauses. */
final class CorrectPoolsTest {

    @Test
    void contract_correctPoolsPass() {
        ContractRun run = ContractRun.of(FaultyPools.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).isGreaterThan(50);
    }

    @Test
    void contract_undeclaredReconfigurationFails() {
        Set<String> clauses = Set.of("reconfigure_isOfferedAsDeclared");
        assertThat(PlantedRuns.undeclared(PoolCapability.RECONFIGURES, FaultyPools.class, clauses)
                        .failed())
                .isEqualTo(clauses);
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTS_SECOND_RELEASE, release_twiceIsRefused",
        "HANDS_OUT_WHAT_IS_HELD, concurrency_noObjectHasTwoBorrowers",
        "SERVES_LAST_WAITER_FIRST, wait_servesInOrderOfArrival",
        "KEEPS_SURPLUS, release_beyondTheBoundDeallocates",
        "KEEPS_OLD_OBJECTS, cleanUp_deallocatesIdleObjectsThatAreTooOld",
        "RESIZING_COSTS_PLACES, reconfigure_lowerBoundIsInForceAtOnce"
    })
    void contract_faultFailsItsClause(Fault fault, String clause) {
        ContractRun run = PlantedRuns.failing(FaultyPools.PLANTED, fault, FaultyPools.class, Set.of(clause));
        assertThat(run.failed()).containsExactly(clause);
    }
}
