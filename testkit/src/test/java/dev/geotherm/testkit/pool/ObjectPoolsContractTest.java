package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.testkit.ContractRun;
import dev.geotherm.testkit.PlantedRuns;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A test of the contract of pools: each fault fails the clauses that it breaks. {@link CorrectPoolsTest} shows that
 * correct pools pass.
 */
@Tag("full")
final class ObjectPoolsContractTest {
    private static final String MODEL = "anyOperations_matchTheModel";
    private static final String MODEL_OF_MANY_CASES = "anyOperations_ofManyCasesMatchTheModel";
    private static final Set<String> BY_CHANCE = Set.of(MODEL, "countedMisuse_byManyThreadsGivesNoObjectTwoBorrowers");
    private static final String[] CLAUSES_ABOUT_REUSE = {
        "acquire_reusesAReleasedObject",
        "release_beyondTheBoundDeallocates",
        "wait_endsWithTheReleasedObject",
        "wait_timedOutGetsNothing",
        "discard_afterReleaseIsRefused",
        "release_failingResetDiscards",
        "release_byAnotherThreadIsAccepted",
        "leaseClose_releasesTheObject",
        "metrics_distinguishCreatedFromReused",
        "trim_deallocatesTheIdleObjectsOfEveryPool",
        "leak_isNotReportedForObjectsInUse",
        "lease_objectIsReleasedByTheLeaseOnly",
        "wait_failedAllocationPassesTheCapacityOn",
        "release_failingResetsLoseNoCapacity",
        "trim_keepsNoMoreThanWasInUse",
        "countedMisuse_doubleReleaseIsAcquiredOnce",
        "reconfigure_lowerBoundIsInForceAtOnce",
        "acquire_countsFailingValidationsOnly"
    };

    private static PlantedRuns<Fault> runs;

    @BeforeAll
    static void runAll() {
        runs = PlantedRuns.start(Fault.class, FaultyPools.PLANTED, () -> ContractRun.of(FaultyPools.class));
    }

    @Test
    void contract_detectsAcceptedSecondRelease() {
        assertFailed(
                Fault.ACCEPTS_SECOND_RELEASE,
                "countedMisuse_isNotThrown",
                "concurrency_oneOfRacingReleasesSucceeds",
                "release_twiceIsRefused",
                "countedMisuse_doubleReleaseIsAcquiredOnce");
    }

    @Test
    void contract_detectsTwoBorrowers() {
        assertThat(runs.of(Fault.HANDS_OUT_WHAT_IS_HELD).failed())
                .contains("concurrency_noObjectHasTwoBorrowers", "concurrency_noObjectHasTwoBorrowersWhenCallersWait")
                .allMatch(clause -> clause.startsWith("concurrency_")
                        || clause.startsWith("virtualThreads_")
                        || Set.of(
                                        MODEL,
                                        "countedMisuse_byManyThreadsGivesNoObjectTwoBorrowers",
                                        "leak_isCountedOnce",
                                        "reconfigure_underLoadLosesNothing")
                                .contains(clause));
    }

    @Test
    void contract_detectsObjectsThatAreNotReset() {
        assertFailed(
                Fault.KEEPS_WHAT_WAS_NOT_RESET,
                "release_failingResetDiscards",
                "release_failingResetGivesAWaiterANewObject",
                "release_failingResetsLoseNoCapacity");
    }

    @Test
    void contract_detectsAcquiredInvalidObjects() {
        assertFailed(
                Fault.HANDS_OUT_INVALID,
                "acquire_replacesAnInvalidObject",
                "acquire_replacesAnObjectThatCannotBeValidated");
    }

    @Test
    void contract_detectsUncountedFailingValidations() {
        assertFailed(Fault.FAILING_VALIDATION_IS_NO_FAILURE, "acquire_countsFailingValidationsOnly");
    }

    @Test
    void contract_detectsUnfairWaiters() {
        assertThat(runs.of(Fault.SERVES_LAST_WAITER_FIRST).failed())
                .contains("wait_failedAllocationPassesTheCapacityOn", "wait_servesInOrderOfArrival")
                .isSubsetOf(
                        "wait_failedAllocationPassesTheCapacityOn",
                        "wait_servesInOrderOfArrival",
                        "virtualThreads_areServedInOrderOfArrival");
    }

    @Test
    void contract_detectsCapacityLostToFailedAllocations() {
        assertFailed(
                Fault.FAILED_ALLOCATION_COSTS_CAPACITY,
                "wait_failedAllocationPassesTheCapacityOn",
                "wait_failedAllocationLetsTheNextWaiterTry",
                "acquire_failedAllocationLosesNoCapacity",
                "error_ofAnAllocatorCostsNoCapacity");
    }

    @Test
    void contract_detectsLeasesThatReleaseTwice() {
        assertFailed(
                Fault.LEASE_RELEASES_AGAIN,
                "leaseDiscard_endsTheLease",
                "leaseClose_muchLaterLeavesTheBorrowerAlone",
                "concurrency_leaseClosedTwiceAtOnceEndsOnce",
                "leaseClose_twiceDoesNothing",
                "leaseClose_twiceLeavesTheNextBorrowerAlone",
                "leaseDiscard_afterCloseLeavesTheNextBorrowerAlone");
    }

    @Test
    void contract_detectsClosedLeasesThatReturnTheirObject() {
        assertFailed(
                Fault.CLOSED_LEASE_GIVES,
                "leaseGet_afterCloseIsRefused",
                "leaseDiscard_endsTheLease",
                "leaseClose_muchLaterLeavesTheBorrowerAlone");
    }

    @Test
    void contract_detectsDiscardedLeasesThatRelease() {
        assertFailed(
                Fault.DISCARDED_LEASE_RELEASES,
                "leaseDiscard_givesAWaiterANewObject",
                "leaseDiscard_deallocatesAndFreesCapacity");
    }

    @Test
    void contract_detectsCapacityLostToDiscardedLeases() {
        assertFailed(
                Fault.DISCARDED_LEASE_COSTS_CAPACITY,
                "leaseDiscard_endsTheLease",
                "leaseDiscard_givesAWaiterANewObject",
                "leaseDiscard_deallocatesAndFreesCapacity");
    }

    @Test
    void contract_detectsSwallowedInterrupts() {
        assertFailed(Fault.SWALLOWS_INTERRUPTION, "wait_interruptedFailsAndStaysInterrupted");
    }

    @Test
    void contract_detectsWrongReasonsForWaiters() {
        assertFailed(Fault.CLOSE_LOOKS_LIKE_EXHAUSTION, "close_failsEveryWaiter");
    }

    @Test
    void contract_detectsAllocationUnderALock() {
        assertFailed(Fault.ALLOCATES_WITH_LOCK, "concurrency_allocatorMayWaitForAUserOfThePool");
    }

    @Test
    void contract_detectsUncountedTrims() {
        assertFailed(Fault.TRIM_OF_EMPTY_POOL_IS_NO_EVENT, "trim_isAPressureEventInEveryOpenPool");
    }

    @Test
    void contract_detectsPreallocationAfterATrim() {
        assertFailed(Fault.PREALLOCATES_AFTER_TRIM, "trim_poolOpenedLaterStartsEmpty");
    }

    @Test
    void contract_detectsDecreasingPeaks() {
        assertFailed(Fault.PEAK_FALLS, "metrics_peakIsTheMostInUseAtOnce");
    }

    @Test
    void contract_detectsObjectsKeptBeyondTheBound() {
        // The stress test can end with few idle objects, and then does not detect the fault.
        assertThat(runs.of(Fault.KEEPS_SURPLUS).failed())
                .contains("release_beyondTheBoundDeallocates")
                .isSubsetOf(
                        MODEL,
                        "release_beyondTheBoundDeallocates",
                        "concurrency_noObjectHasTwoBorrowers",
                        "reconfigure_lowerBoundIsInForceAtOnce",
                        "trim_keepsNoMoreThanWasInUse",
                        "reconfigure_underLoadLosesNothing");
    }

    @Test
    void contract_detectsIdleObjectsKeptByAClosedPool() {
        assertFailed(
                Fault.CLOSE_KEEPS_IDLE,
                "close_deallocatesIdleObjects",
                "close_ofTheComponentClosesEveryPool",
                "metrics_addUpAfterAnyOperations",
                "metrics_countersSurviveCloseAndReopening");
    }

    @Test
    void contract_detectsObjectsReleasedIntoAClosedPool() {
        assertFailed(
                Fault.RELEASES_INTO_CLOSED_POOL,
                "close_leavesObjectsInUse",
                "metrics_addUpAfterAnyOperations",
                "metrics_ofAClosedPoolFollowItsReleases",
                "metrics_ofAReopenedPoolIncludeReleasesIntoTheClosedOne");
    }

    @Test
    void contract_detectsMissingReuse() {
        Set<String> clauses = new TreeSet<>(Set.of(CLAUSES_ABOUT_REUSE));
        clauses.add("slot_isSetOnce"); // it looks whether the slot stays
        assertFailed(Fault.NEVER_REUSES, clauses.toArray(String[]::new));
    }

    @Test
    void contract_acceptsPoolsThatDeclareNoReuse() {
        assertThat(runWithoutReuse(Fault.NEVER_REUSES).failures()).isEmpty();
    }

    @Test
    void contract_detectsUndeclaredReuse() {
        assertThat(runWithoutReuse(Fault.NONE).failed()).containsExactlyInAnyOrder(CLAUSES_ABOUT_REUSE);
    }

    private static ContractRun runWithoutReuse(Fault fault) {
        FaultyPools.PLANTED.set(fault);
        try {
            return ContractRun.of(FaultyPools.WithoutReuse.class);
        } finally {
            FaultyPools.PLANTED.remove();
        }
    }

    @Test
    void contract_detectsCapacityLostToFailedResets() {
        assertFailed(
                Fault.FAILED_RESET_COSTS_CAPACITY,
                "release_failingResetDiscards",
                "release_failingResetGivesAWaiterANewObject",
                "release_failingResetsLoseNoCapacity",
                "error_ofAnAllocatorCostsNoCapacity");
    }

    @Test
    void contract_detectsLeasesThatReleaseAgainMuchLater() {
        assertFailed(Fault.LEASE_RELEASES_AGAIN_MUCH_LATER, "leaseClose_muchLaterLeavesTheBorrowerAlone");
    }

    @Test
    void contract_detectsReleasesOfLeasedObjects() {
        assertFailed(
                Fault.RELEASES_WHAT_IS_LEASED, "countedMisuse_isNotThrown", "lease_objectIsReleasedByTheLeaseOnly");
    }

    @Test
    void contract_detectsEffectsOfConcurrentMisuse() {
        assertThat(runs.of(Fault.RELEASES_WHAT_IS_LEASED).failed())
                .contains("countedMisuse_byManyThreadsGivesNoObjectTwoBorrowers");
        assertThat(runs.of(Fault.COUNTED_MISUSE_IS_THROWN).failed())
                .contains("countedMisuse_byManyThreadsGivesNoObjectTwoBorrowers");
    }

    @Test
    void model_detectsWhatOtherClausesDetect() {
        assertThat(List.of(
                        Fault.KEEPS_WHAT_WAS_NOT_RESET,
                        Fault.FAILED_RESET_COSTS_CAPACITY,
                        Fault.HANDS_OUT_INVALID,
                        Fault.FAILED_ALLOCATION_COSTS_CAPACITY,
                        Fault.RELEASES_WHAT_IS_LEASED,
                        Fault.RESIZING_COSTS_PLACES,
                        Fault.PEAK_FALLS,
                        Fault.DISCARDED_LEASE_RELEASES,
                        Fault.DISCARDED_LEASE_COSTS_CAPACITY,
                        Fault.RELEASES_INTO_CLOSED_POOL,
                        Fault.KEEPS_OLD_OBJECTS))
                .allSatisfy(ObjectPoolsContractTest::assertFoundByTheModel);
    }

    @Test
    void contract_detectsExpiredObjectsThatAreKept() {
        assertFailed(Fault.KEEPS_OLD_OBJECTS, "cleanUp_deallocatesIdleObjectsThatAreTooOld");
    }

    @Test
    void contract_detectsForgottenLeases() {
        assertThat(runs.of(Fault.FORGETS_LEASES_WHEN_RESIZED).failed()).isSubsetOf(MODEL);
        assertFoundByTheModel(Fault.FORGETS_LEASES_WHEN_RESIZED);
    }

    @Test
    void contract_detectsCapacityLostToNewBounds() {
        // The stress test loses capacity, too, but does not detect it if the remaining capacity suffices.
        assertThat(runs.of(Fault.RESIZING_COSTS_PLACES).failed())
                .contains("reconfigure_lowerBoundIsInForceAtOnce")
                .isSubsetOf(MODEL, "reconfigure_lowerBoundIsInForceAtOnce", "reconfigure_underLoadLosesNothing");
    }

    @Test
    void contract_detectsTrustedForeignSlots() {
        assertFailed(
                Fault.TRUSTS_SLOTS,
                "slot_ofAForeignObjectIsRefused",
                "slot_ofADiscardedObjectIsRefused",
                "slot_ofAnotherPoolIsRefused",
                "slot_ofAnotherObjectIsRefused");
    }

    @Test
    void contract_detectsMissingSlots() {
        assertFailed(
                Fault.GIVES_NO_SLOT, "slot_isSetOnce", "slot_ofAnotherPoolIsRefused", "slot_ofAnotherObjectIsRefused");
    }

    @Test
    void contract_detectsChangingSlots() {
        assertFailed(Fault.GIVES_A_SLOT_FOR_EACH_USE, "slot_isSetOnce");
    }

    @Test
    void contract_detectsMisuseThrownInsteadOfCounted() {
        assertFailed(
                Fault.COUNTED_MISUSE_IS_THROWN,
                "countedMisuse_isNotThrown",
                "countedMisuse_doubleReleaseIsAcquiredOnce");
    }

    @Test
    void contract_detectsCountedMisuseWithEffects() {
        assertFailed(
                Fault.COUNTED_MISUSE_IS_A_RETURN,
                "countedMisuse_isNotThrown",
                "countedMisuse_doubleReleaseIsAcquiredOnce");
    }

    @Test
    void contract_detectsObjectsKeptTwiceAfterRacingReleases() {
        assertFailed(
                Fault.RACING_RELEASES_ARE_KEPT_TWICE,
                "discard_afterReleaseIsRefused",
                "countedMisuse_isNotThrown",
                "concurrency_oneOfRacingReleasesSucceeds",
                "release_twiceIsRefused",
                "countedMisuse_doubleReleaseIsAcquiredOnce",
                "concurrency_racingReleasesLeaveOneBorrower");
    }

    @Test
    void contract_detectsCapacityLostToRacingReleases() {
        assertFailed(
                Fault.RACING_RELEASES_COST_CAPACITY,
                "concurrency_oneOfRacingReleasesSucceeds",
                "release_twiceIsRefused",
                "countedMisuse_doubleReleaseIsAcquiredOnce",
                "concurrency_racingReleasesLeaveOneBorrower");
    }

    @Test
    void contract_detectsCapacityLostToLeaks() {
        assertFailed(
                Fault.LEAK_COSTS_CAPACITY,
                "leak_givesItsCapacityToAWaiter",
                "leak_isCountedOnce",
                "leak_ofAnObjectIsDetected");
    }

    @Test
    void contract_detectsMissedLeaks() {
        assertFailed(Fault.FINDS_A_HUNDRED, "leak_isCountedOnce");
    }

    @Test
    void contract_detectsLeaksCountedTwice() {
        assertFailed(
                Fault.COUNTS_LEAKS_AGAIN,
                "leak_ofALeaseIsDetected",
                "leak_givesItsCapacityToAWaiter",
                "leak_isCountedOnce",
                "leak_ofAnObjectIsDetected",
                "leak_isNotReportedForObjectsInUse");
    }

    @Test
    void contract_detectsIgnoredInstanceSettings() {
        assertFailed(
                Fault.IGNORES_SETTINGS_OF_THE_NAME,
                "open_usesTheSettingsOfTheName",
                "reconfigure_keepsTheSettingsOfTheName");
    }

    @Test
    void contract_detectsForgottenInstanceSettings() {
        assertFailed(Fault.FORGETS_SETTINGS_OF_THE_NAME, "reconfigure_keepsTheSettingsOfTheName");
    }

    @Test
    void contract_detectsForgottenMetricsOfClosedPools() {
        assertFailed(
                Fault.FORGETS_METRICS_OF_CLOSED_POOLS,
                "metrics_countersSurviveCloseAndReopening",
                "metrics_ofAClosedPoolFollowItsReleases",
                "metrics_ofAReopenedPoolIncludeReleasesIntoTheClosedOne");
    }

    @Test
    void contract_detectsMetricsThatEndWhenAPoolCloses() {
        assertFailed(
                Fault.KEEPS_METRICS_AS_AT_CLOSE,
                "metrics_ofAClosedPoolFollowItsReleases",
                "metrics_ofAReopenedPoolIncludeReleasesIntoTheClosedOne");
    }

    @Test
    void contract_detectsObjectsKeptAfterATrim() {
        assertFailed(Fault.KEEPS_ALL_AFTER_TRIM, "trim_keepsNoMoreThanWasInUse");
    }

    private static void assertFoundByTheModel(Fault fault) {
        Set<String> clauses = Set.of(MODEL_OF_MANY_CASES);
        assertThat(PlantedRuns.failing(FaultyPools.PLANTED, fault, FaultyPools.class, clauses)
                        .failed())
                .as(fault.name())
                .isEqualTo(clauses);
    }

    /** Asserts that these clauses failed; clauses that overlap with them may fail as well. */
    private static void assertFailed(Fault fault, String... clauses) {
        Set<String> expected = Set.of(clauses);

        ContractRun run = runs.of(fault, failed -> withoutChance(failed).equals(expected));

        assertThat(withoutChance(run.failed())).as(run.toString()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Set<String> withoutChance(Set<String> failed) {
        Set<String> rest = new TreeSet<>(failed);
        rest.removeAll(BY_CHANCE);
        return rest;
    }
}
