package dev.geotherm.testkit.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.testkit.ContractRun;
import dev.geotherm.testkit.PlantedRuns;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract passes what is right, and names what is broken. */
final class IngestionPipelinesContractTest {
    private static final ThreadLocal<Flaw> FLAW = ThreadLocal.withInitial(() -> Flaw.NONE);

    private static PlantedRuns<Flaw> runs;

    @BeforeAll
    static void runAll() {
        runs = PlantedRuns.start(Flaw.class, FLAW, () -> ContractRun.of(Reference.class));
    }

    @Test
    void theReferencePasses() {
        ContractRun run = runs.of(Flaw.NONE, Set::isEmpty);

        assertThat(run.failures()).isEmpty();
        assertThat(run.skipped()).isEmpty();
        assertThat(run.succeeded()).isGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT_DOES_NOT_WAIT, putWaitsWhileTheQueueIsFull anInterruptedPutAcceptsNothing producersThatWaitAreReleased "
                + "theTimeThatProducersWaitIsMeasured",
        "OFFER_IGNORES_THE_THRESHOLD, offersAreRefusedFromTheThresholdOn",
        "NO_RESERVE_FOR_THE_HIGHEST, roomAboveTheThresholdIsKeptForTheHighestPriorityAndForPut",
        "IGNORES_PRIORITY, aBatchHasHigherPrioritiesFirst higherPrioritiesGoFirst",
        "STARVES, lowPrioritiesAreNotStarved",
        "LAST_IN_FIRST_OUT, fragmentsOfOnePriorityAreTakenInOrder putAllKeepsTheOrder putWaitsWhileTheQueueIsFull "
                + "aRetryHasALowerPriority",
        "RETRY_KEEPS_ITS_PRIORITY, aRetryHasALowerPriority",
        "BURIES_WITHOUT_THE_ERROR, "
                + "aDeadLetterHasTheFragmentTheTriesAndTheLastError aProcessorThatThrowsTakesOnlyTheBadFragmentWithIt",
        "THROWN_TAKES_THE_WHOLE_BATCH, aProcessorThatThrowsTakesOnlyTheBadFragmentWithIt",
        "LATE_SUCCESS_COUNTS, aSuccessAfterTheTimeoutIsNoSecondOutcome",
        "LEVEL_TOLD_TWICE, everyChangeOfLevelIsToldOnceInOrder",
        "LISTENER_UNDER_THE_LOCK, theListenerIsCalledOutsideOfLocks",
        "NAMES_ARE_SHARED, twoOpenPipelinesCannotShareAName",
        "DRAIN_DOES_NOT_WAIT, drainWaitsForEveryOutcome drainGivesUpWhenTheTimeIsOver anInterruptEndsTheWaitOfDrain "
                + "drainDoesNotWaitForWhatIsAcceptedLater theStageIsCompleteWhenThePipelineIsDrained",
        "CLOSE_FORGETS_LEFTOVERS, whatIsLeftBecomesDeadLetters aProcessorThatIgnoresInterruptsDoesNotHoldUpClose "
                + "hasOneOutcomeAlsoWhenClosedInTheMiddle",
        "CLOSE_LEAVES_PRODUCERS_BLOCKED, producersThatWaitAreReleased",
        "LEAVES_A_THREAD, noThreadStaysBehind",
    })
    void aFlawFailsItsClauseAndNoOther(Flaw broken, String clauses) {
        Set<String> expected = Set.of(clauses.split(" "));

        ContractRun run = runs.of(broken, expected::equals);

        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(expected);
    }

    static class Reference extends IngestionPipelinesContract {
        private final Flaw flaw = FLAW.get();

        @Override
        protected IngestionPipelines pipelines(PipelineShape shape) {
            return new ReferencePipelines(shape, instance, flaw);
        }

        @Override
        protected Set<PipelinesCapability> capabilities() {
            return EnumSet.noneOf(PipelinesCapability.class);
        }

        @Override
        protected Duration patience() {
            return Duration.ofSeconds(8);
        }
    }
}
