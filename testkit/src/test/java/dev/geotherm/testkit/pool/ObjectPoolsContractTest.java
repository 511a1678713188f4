package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Setting;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.testkit.ContractRun;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract holds for a correct pool, and tells what is wrong with those that are not. */
final class ObjectPoolsContractTest {
    private static final int AT_ONCE = 6;
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
        "whatIsHeldIsNotTakenForLost"
    };

    /** JUnit creates a test's instance in the thread that runs the contract. */
    private static final ThreadLocal<Fault> FAULT = ThreadLocal.withInitial(() -> Fault.NONE);

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
        assertFailed(Fault.ACCEPTS_SECOND_RELEASE, "releasingTwiceIsRefused", "ofRacingReleasesOneIsAccepted");
    }

    @Test
    void anObjectInTwoHandsIsFound() {
        assertThat(run(Fault.HANDS_OUT_WHAT_IS_HELD).failed())
                .contains("anObjectIsNeverInTwoHands", "anObjectIsNeverInTwoHandsWhenCallersWait")
                .allMatch(clause -> clause.contains("Hands") || clause.contains("Share") || clause.contains("Racing"));
    }

    @Test
    void keepingWhatWasNotResetIsFound() {
        assertFailed(
                Fault.KEEPS_WHAT_WAS_NOT_RESET,
                "aFailingResetDiscardsTheObject",
                "aFailingResetLetsAWaiterHaveANewObject");
    }

    @Test
    void handingOutWhatIsNotValidIsFound() {
        assertFailed(
                Fault.HANDS_OUT_INVALID, "anObjectThatIsNotValidIsReplaced", "anObjectThatCannotBeValidatedIsReplaced");
    }

    @Test
    void servingTheLastWaiterFirstIsFound() {
        assertFailed(Fault.SERVES_LAST_WAITER_FIRST, "waitersAreServedInTheOrderOfTheirComing");
    }

    @Test
    void losingAPlaceToAFailedAllocationIsFound() {
        assertFailed(
                Fault.FAILED_ALLOCATION_COSTS_A_PLACE,
                "theAllocatorsFailureCostsNoCapacity",
                "anAllocationThatFailsLetsTheNextWaiterTry");
    }

    @Test
    void aLeaseThatReleasesAgainIsFound() {
        assertFailed(
                Fault.LEASE_RELEASES_AGAIN,
                "closingALeaseAgainDoesNothing",
                "closingALeaseAgainLeavesTheNextHolderAlone");
    }

    @Test
    void aClosedLeaseThatGivesIsFound() {
        assertFailed(Fault.CLOSED_LEASE_GIVES, "aClosedLeaseGivesNothing");
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
                .isSubsetOf("objectsBeyondTheBoundAreDeallocatedOnTheirReturn", "anObjectIsNeverInTwoHands");
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
        assertFailed(Fault.NEVER_REUSES, CLAUSES_ABOUT_REUSE);
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

    private static ContractRun run(Fault fault) {
        return RUNS.get(fault).join();
    }

    private static void assertFailed(Fault fault, String... clauses) {
        ContractRun run = run(fault);
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

    static class Reference extends ObjectPoolsContract {
        private final Fault fault = FAULT.get();

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
            return Set.of(PoolCapability.REUSES_OBJECTS);
        }
    }

    /** A pool that says that it reuses nothing. */
    static final class WithoutReuse extends Reference {
        @Override
        protected Set<PoolCapability> capabilities() {
            return Set.of();
        }
    }
}
