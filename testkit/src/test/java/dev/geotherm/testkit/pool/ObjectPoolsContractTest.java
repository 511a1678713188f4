package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.testkit.ContractRun;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract holds for a correct pool, and tells what is wrong with those that are not. */
final class ObjectPoolsContractTest {
    private static final int AT_ONCE = 6;
    private static final String MODEL = "whateverIsDoneThePoolDoesWhatItsModelDoes";
    private static final Set<String> BY_CHANCE = Set.of(MODEL, "misuseByManyNeverPutsAnObjectInTwoHands");
    private static final String[] CLAUSES_ABOUT_REUSE = {
        "aReleasedObjectIsUsedAgainWhereThatIsOffered",
        "objectsBeyondTheBoundAreDeallocatedOnTheirReturn",
        "aWaiterGetsWhatIsReleased",
        "aWaiterWhoGaveUpGetsNothing",
        "discardingAfterAReleaseIsRefused",
        "aFailingResetDiscardsTheObject",
        "anotherThreadMayRelease",
        "closingALeaseReleasesItsObject",
        "createdAndReusedAreToldApart",
        "reliefDeallocatesTheIdleObjectsOfEveryPool",
        "whatIsHeldIsNotTakenForLost",
        "theObjectOfALeaseIsReturnedByTheLeaseOnly",
        "aFailedAllocationHandsThePlaceToTheNextWaiter",
        "failingResetsCostNoPlaces",
        "afterReliefNoMoreIsKeptThanWasInUse",
        "whatWasReturnedTwiceIsHandedOutOnce",
        "aLowerBoundIsInForceAtOnce"
    };

    /** JUnit creates a test's instance in the thread that runs the contract. */
    private static final ThreadLocal<Fault> FAULT = ThreadLocal.withInitial(() -> Fault.NONE);

    private static final ThreadLocal<Boolean> POOLABLES = ThreadLocal.withInitial(() -> false);

    private static final Map<Fault, CompletableFuture<ContractRun>> RUNS = new EnumMap<>(Fault.class);

    /** Some at once, because a broken clause spends its time waiting. */
    @BeforeAll
    static void runAll() {
        ExecutorService runners = Executors.newFixedThreadPool(AT_ONCE);
        for (Fault fault : Fault.values()) {
            RUNS.put(
                    fault,
                    CompletableFuture.supplyAsync(
                            () -> {
                                FAULT.set(fault);
                                // In turns, because what is broken is the same for both sorts of objects.
                                POOLABLES.set(fault.ordinal() % 2 == 1);
                                return ContractRun.of(Reference.class);
                            },
                            runners));
        }
        runners.shutdown();
    }

    @Test
    void aCorrectPoolPasses() {
        ContractRun run = run(Fault.NONE);
        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).isGreaterThan(50);
    }

    @Test
    void acceptingASecondReleaseIsFound() {
        assertFailed(
                Fault.ACCEPTS_SECOND_RELEASE,
                "misuseIsCountedAndNotThrown",
                "ofRacingReleasesOneIsAccepted",
                "releasingTwiceIsRefused",
                "whatWasReturnedTwiceIsHandedOutOnce");
    }

    @Test
    void anObjectInTwoHandsIsFound() {
        assertThat(run(Fault.HANDS_OUT_WHAT_IS_HELD).failed())
                .contains("anObjectIsNeverInTwoHands", "anObjectIsNeverInTwoHandsWhenCallersWait")
                .allMatch(clause -> clause.contains("Hands")
                        || clause.contains("Share")
                        || clause.contains("Racing")
                        || Set.of(MODEL, "allThatIsLostIsFoundOnce", "tenThousandNewBoundsUnderLoadLoseNothing")
                                .contains(clause));
    }

    @Test
    void keepingWhatWasNotResetIsFound() {
        assertFailed(
                Fault.KEEPS_WHAT_WAS_NOT_RESET,
                "aFailingResetDiscardsTheObject",
                "aFailingResetLetsAWaiterHaveANewObject",
                "failingResetsCostNoPlaces");
    }

    @Test
    void handingOutWhatIsNotValidIsFound() {
        assertFailed(
                Fault.HANDS_OUT_INVALID, "anObjectThatIsNotValidIsReplaced", "anObjectThatCannotBeValidatedIsReplaced");
    }

    @Test
    void servingTheLastWaiterFirstIsFound() {
        assertThat(run(Fault.SERVES_LAST_WAITER_FIRST).failed())
                .contains("aFailedAllocationHandsThePlaceToTheNextWaiter", "waitersAreServedInTheOrderOfTheirComing")
                .isSubsetOf(
                        "aFailedAllocationHandsThePlaceToTheNextWaiter",
                        "waitersAreServedInTheOrderOfTheirComing",
                        "virtualThreadsAreServedInTheOrderOfTheirComing");
    }

    @Test
    void losingAPlaceToAFailedAllocationIsFound() {
        assertFailed(
                Fault.FAILED_ALLOCATION_COSTS_A_PLACE,
                "aFailedAllocationHandsThePlaceToTheNextWaiter",
                "anAllocationThatFailsLetsTheNextWaiterTry",
                "theAllocatorsFailureCostsNoCapacity");
    }

    @Test
    void aLeaseThatReleasesAgainIsFound() {
        assertFailed(
                Fault.LEASE_RELEASES_AGAIN,
                "aLeaseClosedLongAgoLeavesTheHolderAlone",
                "closingALeaseAgainDoesNothing",
                "closingALeaseAgainLeavesTheNextHolderAlone");
    }

    @Test
    void aClosedLeaseThatGivesIsFound() {
        assertFailed(Fault.CLOSED_LEASE_GIVES, "aClosedLeaseGivesNothing", "aLeaseClosedLongAgoLeavesTheHolderAlone");
    }

    @Test
    void swallowingAnInterruptionIsFound() {
        assertFailed(Fault.SWALLOWS_INTERRUPTION, "anInterruptedWaiterGivesUpAndStaysInterrupted");
    }

    @Test
    void tellingWaitersTheWrongReasonIsFound() {
        assertFailed(Fault.CLOSE_LOOKS_LIKE_EXHAUSTION, "closingWakesEveryWaiter");
    }

    @Test
    void allocatingWithALockIsFound() {
        assertFailed(Fault.ALLOCATES_WITH_LOCK, "theAllocatorMayWaitForAThreadThatUsesThePool");
    }

    @Test
    void aReliefThatIsNotCountedIsFound() {
        assertFailed(Fault.RELIEF_OF_EMPTY_POOL_IS_NO_EVENT, "reliefIsAnEventInEveryOpenPool");
    }

    @Test
    void makingObjectsInAdvanceAfterReliefIsFound() {
        assertFailed(Fault.PREPARES_AFTER_RELIEF, "aPoolOpenedAfterReliefStartsEmpty");
    }

    @Test
    void aPeakThatFallsIsFound() {
        assertFailed(Fault.PEAK_FALLS, "thePeakIsTheMostInUseAtOnce");
    }

    @Test
    void keepingMoreThanTheBoundIsFound() {
        // The stress may end with few idle objects, and then does not notice.
        assertThat(run(Fault.KEEPS_SURPLUS).failed())
                .contains("objectsBeyondTheBoundAreDeallocatedOnTheirReturn")
                .isSubsetOf(
                        MODEL,
                        "objectsBeyondTheBoundAreDeallocatedOnTheirReturn",
                        "anObjectIsNeverInTwoHands",
                        "aLowerBoundIsInForceAtOnce",
                        "afterReliefNoMoreIsKeptThanWasInUse",
                        "tenThousandNewBoundsUnderLoadLoseNothing");
    }

    @Test
    void keepingIdleObjectsOfAClosedPoolIsFound() {
        assertFailed(
                Fault.CLOSE_KEEPS_IDLE,
                "closingDeallocatesIdleObjects",
                "closingTheComponentClosesEveryPool",
                "theFiguresAddUpWhateverIsDone");
    }

    @Test
    void takingObjectsIntoAClosedPoolIsFound() {
        assertFailed(Fault.RELEASES_INTO_CLOSED_POOL, "objectsInUseOutliveThePool", "theFiguresAddUpWhateverIsDone");
    }

    @Test
    void neverUsingAnObjectAgainIsFound() {
        Set<String> clauses = new TreeSet<>(Set.of(CLAUSES_ABOUT_REUSE));
        clauses.add("anObjectIsToldItsSlotWhereThatIsOffered"); // it looks whether the slot stays
        assertFailed(Fault.NEVER_REUSES, clauses.toArray(String[]::new));
    }

    @Test
    void aPoolMaySayThatItReusesNothing() {
        assertThat(runWithoutReuse(Fault.NEVER_REUSES).failures()).isEmpty();
    }

    @Test
    void aPoolThatReusesWhatItSaysItDoesNotIsFound() {
        assertThat(runWithoutReuse(Fault.NONE).failed()).containsExactlyInAnyOrder(CLAUSES_ABOUT_REUSE);
    }

    private static ContractRun runWithoutReuse(Fault fault) {
        FAULT.set(fault);
        try {
            return ContractRun.of(WithoutReuse.class);
        } finally {
            FAULT.remove();
        }
    }

    @Test
    void losingAPlaceToAFailedResetIsFound() {
        assertFailed(
                Fault.FAILED_RESET_COSTS_A_PLACE,
                "aFailingResetDiscardsTheObject",
                "aFailingResetLetsAWaiterHaveANewObject",
                "failingResetsCostNoPlaces");
    }

    @Test
    void aLeaseThatReleasesAgainMuchLaterIsFound() {
        assertFailed(Fault.LEASE_RELEASES_AGAIN_MUCH_LATER, "aLeaseClosedLongAgoLeavesTheHolderAlone");
    }

    @Test
    void releasingWhatIsLeasedIsFound() {
        assertFailed(
                Fault.RELEASES_WHAT_IS_LEASED,
                "misuseIsCountedAndNotThrown",
                "theObjectOfALeaseIsReturnedByTheLeaseOnly");
    }

    @Test
    void misuseByManyThatHasEffectsIsFound() {
        assertThat(run(Fault.RELEASES_WHAT_IS_LEASED).failed()).contains("misuseByManyNeverPutsAnObjectInTwoHands");
        assertThat(run(Fault.COUNTED_MISUSE_IS_THROWN).failed()).contains("misuseByManyNeverPutsAnObjectInTwoHands");
    }

    @Test
    void theModelFindsWhatTheOtherClausesFind() {
        assertThat(List.of(
                        Fault.KEEPS_WHAT_WAS_NOT_RESET,
                        Fault.FAILED_RESET_COSTS_A_PLACE,
                        Fault.HANDS_OUT_INVALID,
                        Fault.FAILED_ALLOCATION_COSTS_A_PLACE,
                        Fault.RELEASES_WHAT_IS_LEASED,
                        Fault.RESIZING_COSTS_PLACES,
                        Fault.PEAK_FALLS,
                        Fault.RELEASES_INTO_CLOSED_POOL))
                .allSatisfy(fault -> assertThat(run(fault).failed()).contains(MODEL));
    }

    @Test
    void forgettingLeasesIsFound() {
        assertThat(run(Fault.FORGETS_LEASES_WHEN_RESIZED).failed()).containsExactly(MODEL);
    }

    @Test
    void losingPlacesToNewBoundsIsFound() {
        assertFailed(Fault.RESIZING_COSTS_PLACES, "aLowerBoundIsInForceAtOnce");
    }

    @Test
    void trustingASlotIsFound() {
        assertFailed(
                Fault.TRUSTS_SLOTS,
                "anObjectThatThePoolDoesNotKnowIsRefusedWhateverItsSlot",
                "anObjectWhoseSlotServesAnotherByNowIsRefused",
                "anObjectWithASlotOfAnotherPoolIsRefused",
                "anObjectWithTheSlotOfAnotherIsRefused");
    }

    @Test
    void givingNoSlotIsFound() {
        assertFailed(
                Fault.GIVES_NO_SLOT,
                "anObjectIsToldItsSlotWhereThatIsOffered",
                "anObjectWithASlotOfAnotherPoolIsRefused",
                "anObjectWithTheSlotOfAnotherIsRefused");
    }

    @Test
    void givingAnotherSlotForEachUseIsFound() {
        assertFailed(Fault.GIVES_A_SLOT_FOR_EACH_USE, "anObjectIsToldItsSlotWhereThatIsOffered");
    }

    @Test
    void throwingWhatIsToBeCountedIsFound() {
        assertFailed(
                Fault.COUNTED_MISUSE_IS_THROWN, "misuseIsCountedAndNotThrown", "whatWasReturnedTwiceIsHandedOutOnce");
    }

    @Test
    void takingCountedMisuseForAReturnIsFound() {
        assertFailed(
                Fault.COUNTED_MISUSE_IS_A_RETURN, "misuseIsCountedAndNotThrown", "whatWasReturnedTwiceIsHandedOutOnce");
    }

    @Test
    void keepingWhatARaceReturnedTwiceIsFound() {
        assertFailed(
                Fault.RACING_RETURNS_ARE_KEPT_TWICE,
                "discardingAfterAReleaseIsRefused",
                "misuseIsCountedAndNotThrown",
                "ofRacingReleasesOneIsAccepted",
                "releasingTwiceIsRefused",
                "whatWasReturnedTwiceIsHandedOutOnce",
                "whateverARaceReturnsIsInOneHandAfterwards");
    }

    @Test
    void losingAPlaceToARaceIsFound() {
        assertFailed(
                Fault.RACING_RETURNS_COST_A_PLACE,
                "ofRacingReleasesOneIsAccepted",
                "releasingTwiceIsRefused",
                "whatWasReturnedTwiceIsHandedOutOnce",
                "whateverARaceReturnsIsInOneHandAfterwards");
    }

    @Test
    void losingAPlaceToALossIsFound() {
        assertFailed(
                Fault.LOSS_COSTS_A_PLACE,
                "aWaiterGetsThePlaceOfWhatWasLost",
                "allThatIsLostIsFoundOnce",
                "whatAHolderLosesIsFoundWhereThatIsOffered");
    }

    @Test
    void missingSomeOfWhatIsLostIsFound() {
        assertFailed(Fault.FINDS_A_HUNDRED, "allThatIsLostIsFoundOnce");
    }

    @Test
    void countingALossAgainIsFound() {
        assertFailed(
                Fault.COUNTS_LOSSES_AGAIN,
                "aLostLeaseIsFoundWhereThatIsOffered",
                "aWaiterGetsThePlaceOfWhatWasLost",
                "allThatIsLostIsFoundOnce",
                "whatAHolderLosesIsFoundWhereThatIsOffered");
    }

    @Test
    void keepingAllAfterReliefIsFound() {
        assertFailed(Fault.KEEPS_ALL_AFTER_RELIEF, "afterReliefNoMoreIsKeptThanWasInUse");
    }

    private static ContractRun run(Fault fault) {
        return RUNS.get(fault).join();
    }

    /** Asserts that these clauses failed; those that do what others do, by chance, may fail as well. */
    private static void assertFailed(Fault fault, String... clauses) {
        ContractRun run = run(fault);
        Set<String> failed = new TreeSet<>(run.failed());
        failed.removeAll(BY_CHANCE);
        assertThat(failed).as(run.toString()).containsExactlyInAnyOrder(clauses);
    }

    record ReferenceFactory(Fault fault) implements ObjectPoolsFactory<ReferenceSettings> {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public String description() {
            return "Reference.";
        }

        @Override
        public Class<ReferenceSettings> settings() {
            return ReferenceSettings.class;
        }

        @Override
        public ObjectPools create(ReferenceSettings settings, ComponentContext context) {
            return new ReferencePools(settings, fault);
        }
    }

    static class Reference extends ObjectPoolsContract {
        private final Fault fault = FAULT.get();
        private final boolean poolables = POOLABLES.get();

        @Override
        protected ObjectPoolsFactory<?> factory() {
            return new ReferenceFactory(fault);
        }

        @Override
        protected Record settings(PoolLimits limits) {
            return ReferenceSettings.of(limits);
        }

        @Override
        protected Set<PoolCapability> capabilities() {
            EnumSet<PoolCapability> all = EnumSet.allOf(PoolCapability.class);
            all.remove(PoolCapability.PREPARES_OBJECTS);
            return all;
        }

        @Override
        protected boolean ofPoolables() {
            return poolables;
        }
    }

    /** A pool that says that it reuses nothing. */
    static final class WithoutReuse extends Reference {
        @Override
        protected Set<PoolCapability> capabilities() {
            EnumSet<PoolCapability> others = EnumSet.copyOf(super.capabilities());
            others.remove(PoolCapability.REUSES_OBJECTS);
            return others;
        }
    }
}
