package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Setting;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.testkit.ContractRun;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract holds for a correct pool, and tells what is wrong with those that are not. */
final class ObjectPoolsContractTest {

    @Test
    void aCorrectPoolPasses() {
        ContractRun run = ContractRun.of(Correct.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).isGreaterThan(50);
    }

    @Test
    void acceptingASecondReleaseIsFound() {
        assertFailed(AcceptsSecondRelease.class, "releasingTwiceIsRefused", "ofRacingReleasesOneIsAccepted");
    }

    @Test
    void anObjectInTwoHandsIsFound() {
        assertThat(ContractRun.of(HandsOutWhatIsHeld.class).failed())
                .contains("anObjectIsNeverInTwoHands", "anObjectIsNeverInTwoHandsWhenCallersWait")
                .allMatch(clause -> clause.contains("Hands") || clause.contains("Share") || clause.contains("Racing"));
    }

    @Test
    void keepingWhatWasNotResetIsFound() {
        assertFailed(
                KeepsWhatWasNotReset.class, "aFailingResetDiscardsTheObject", "aFailingResetLetsAWaiterHaveANewObject");
    }

    @Test
    void handingOutWhatIsNotValidIsFound() {
        assertFailed(
                HandsOutInvalid.class, "anObjectThatIsNotValidIsReplaced", "anObjectThatCannotBeValidatedIsReplaced");
    }

    @Test
    void servingTheLastWaiterFirstIsFound() {
        assertFailed(ServesLastWaiterFirst.class, "waitersAreServedInTheOrderOfTheirComing");
    }

    @Test
    void losingAPlaceToAFailedAllocationIsFound() {
        assertFailed(
                FailedAllocationCostsAPlace.class,
                "theAllocatorsFailureCostsNoCapacity",
                "anAllocationThatFailsLetsTheNextWaiterTry");
    }

    @Test
    void aLeaseThatReleasesAgainIsFound() {
        assertFailed(
                LeaseReleasesAgain.class,
                "closingALeaseAgainDoesNothing",
                "closingALeaseAgainLeavesTheNextHolderAlone");
    }

    @Test
    void aClosedLeaseThatGivesIsFound() {
        assertFailed(ClosedLeaseGives.class, "aClosedLeaseGivesNothing");
    }

    @Test
    void swallowingAnInterruptionIsFound() {
        assertFailed(SwallowsInterruption.class, "anInterruptedWaiterGivesUpAndStaysInterrupted");
    }

    @Test
    void tellingWaitersTheWrongReasonIsFound() {
        assertFailed(CloseLooksLikeExhaustion.class, "closingWakesEveryWaiter");
    }

    @Test
    void allocatingWithALockIsFound() {
        assertFailed(AllocatesWithLock.class, "theAllocatorMayWaitForAThreadThatUsesThePool");
    }

    @Test
    void aReliefThatIsNotCountedIsFound() {
        assertFailed(ReliefOfEmptyPoolIsNoEvent.class, "reliefIsAnEventInEveryOpenPool");
    }

    @Test
    void aPeakThatFallsIsFound() {
        assertFailed(PeakFalls.class, "thePeakIsTheMostInUseAtOnce");
    }

    @Test
    void keepingMoreThanTheBoundIsFound() {
        // The stress may end with few idle objects, and then does not notice.
        assertThat(ContractRun.of(KeepsSurplus.class).failed())
                .contains("objectsBeyondTheBoundAreDeallocatedOnTheirReturn")
                .isSubsetOf("objectsBeyondTheBoundAreDeallocatedOnTheirReturn", "anObjectIsNeverInTwoHands");
    }

    @Test
    void keepingIdleObjectsOfAClosedPoolIsFound() {
        assertFailed(
                CloseKeepsIdle.class,
                "closingDeallocatesIdleObjects",
                "closingTheComponentClosesEveryPool",
                "theFiguresAddUpWhateverIsDone");
    }

    @Test
    void takingObjectsIntoAClosedPoolIsFound() {
        assertFailed(ReleasesIntoClosedPool.class, "objectsInUseOutliveThePool", "theFiguresAddUpWhateverIsDone");
    }

    private static void assertFailed(Class<?> contract, String... clauses) {
        ContractRun run = ContractRun.of(contract);
        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrder(clauses);
    }

    record ReferenceSettings(
            @Setting(byDefault = "0", description = "Ignored.")
            int initialSize,

            @Setting(byDefault = "10", description = "The bound.")
            int maxSize,

            @Setting(byDefault = "allocate", description = "What happens at the bound.")
            WhenExhausted whenExhausted,

            @Setting(byDefault = "1s", description = "The longest wait.")
            Duration maxWait) {}

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
            return new ReferencePools(
                    new PoolLimits(
                            settings.initialSize(), settings.maxSize(), settings.whenExhausted(), settings.maxWait()),
                    fault);
        }
    }

    abstract static class Reference extends ObjectPoolsContract {
        private final Fault fault;

        Reference(Fault fault) {
            this.fault = fault;
        }

        @Override
        protected ObjectPoolsFactory<?> factory() {
            return new ReferenceFactory(fault);
        }

        @Override
        protected Record settings(PoolLimits limits) {
            return new ReferenceSettings(
                    limits.initialSize(), limits.maxSize(), limits.whenExhausted(), limits.maxWait());
        }

        @Override
        protected Set<PoolCapability> capabilities() {
            return Set.of();
        }
    }

    static final class Correct extends Reference {
        Correct() {
            super(Fault.NONE);
        }
    }

    static final class AcceptsSecondRelease extends Reference {
        AcceptsSecondRelease() {
            super(Fault.ACCEPTS_SECOND_RELEASE);
        }
    }

    static final class HandsOutWhatIsHeld extends Reference {
        HandsOutWhatIsHeld() {
            super(Fault.HANDS_OUT_WHAT_IS_HELD);
        }
    }

    static final class KeepsWhatWasNotReset extends Reference {
        KeepsWhatWasNotReset() {
            super(Fault.KEEPS_WHAT_WAS_NOT_RESET);
        }
    }

    static final class HandsOutInvalid extends Reference {
        HandsOutInvalid() {
            super(Fault.HANDS_OUT_INVALID);
        }
    }

    static final class ServesLastWaiterFirst extends Reference {
        ServesLastWaiterFirst() {
            super(Fault.SERVES_LAST_WAITER_FIRST);
        }
    }

    static final class FailedAllocationCostsAPlace extends Reference {
        FailedAllocationCostsAPlace() {
            super(Fault.FAILED_ALLOCATION_COSTS_A_PLACE);
        }
    }

    static final class LeaseReleasesAgain extends Reference {
        LeaseReleasesAgain() {
            super(Fault.LEASE_RELEASES_AGAIN);
        }
    }

    static final class ClosedLeaseGives extends Reference {
        ClosedLeaseGives() {
            super(Fault.CLOSED_LEASE_GIVES);
        }
    }

    static final class SwallowsInterruption extends Reference {
        SwallowsInterruption() {
            super(Fault.SWALLOWS_INTERRUPTION);
        }
    }

    static final class CloseLooksLikeExhaustion extends Reference {
        CloseLooksLikeExhaustion() {
            super(Fault.CLOSE_LOOKS_LIKE_EXHAUSTION);
        }
    }

    static final class AllocatesWithLock extends Reference {
        AllocatesWithLock() {
            super(Fault.ALLOCATES_WITH_LOCK);
        }
    }

    static final class ReliefOfEmptyPoolIsNoEvent extends Reference {
        ReliefOfEmptyPoolIsNoEvent() {
            super(Fault.RELIEF_OF_EMPTY_POOL_IS_NO_EVENT);
        }
    }

    static final class PeakFalls extends Reference {
        PeakFalls() {
            super(Fault.PEAK_FALLS);
        }
    }

    static final class KeepsSurplus extends Reference {
        KeepsSurplus() {
            super(Fault.KEEPS_SURPLUS);
        }
    }

    static final class CloseKeepsIdle extends Reference {
        CloseKeepsIdle() {
            super(Fault.CLOSE_KEEPS_IDLE);
        }
    }

    static final class ReleasesIntoClosedPool extends Reference {
        ReleasesIntoClosedPool() {
            super(Fault.RELEASES_INTO_CLOSED_POOL);
        }
    }
}
