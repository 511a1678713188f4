package dev.geotherm.testkit.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.IngestionPipelinesFactory;
import dev.geotherm.testkit.ContractRun;
import dev.geotherm.testkit.PlantedRuns;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A test of the pipelines' contract: the reference passes it, and each planted flaw fails its clauses. */
final class IngestionPipelinesContractTest {
    private static final ThreadLocal<Flaw> FLAW = ThreadLocal.withInitial(() -> Flaw.NONE);

    @Test
    void contract_referencePasses() {
        ContractRun run = ContractRun.of(Reference.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.skipped())
                .containsExactlyInAnyOrder(
                        "stackOverflow_ofProducersLosesNothing",
                        "key_orderHoldsWhenTheJournalIsRecovered",
                        "outage_slowsProducersDown",
                        "outage_isSeenWhenEveryFragmentFails",
                        "outage_causedByOneFragmentHoldsUpNoOther",
                        "outage_closeEndsWithinItsLimit");
        assertThat(run.succeeded()).isGreaterThan(50);
    }

    @ParameterizedTest
    @EachFlaw
    @Execution(ExecutionMode.CONCURRENT)
    void contract_flawFailsItsClauses(Flaw broken, String clauses) {
        Set<String> expected = Set.of(clauses.split(" "));
        ContractRun run = PlantedRuns.failing(FLAW, broken, Reference.class, expected);

        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "EVERY_LEVEL, onLevel_everyChangeIsReportedOnceInOrder",
        "LEVELS_BY_TIME, level_followsPredictedSojourn",
        "DEADLINES, deadline_thatHasPassedIsRefused",
        "DROPS_DUPLICATES, duplicate_isDroppedAndCounted",
        "ORDERS_KEYS, key_batchHasOneFragmentOfEach",
        "REFUSES_WHEN_CRITICAL, put_atCriticalLevelIsRefusedIfTheSettingsAskForIt",
        "RECONFIGURES, reconfigure_isOfferedAsDeclared",
    })
    void contract_undeclaredCapabilityFails(PipelinesCapability capability, String clause) {
        assertThat(PlantedRuns.undeclared(capability, Reference.class, Set.of(clause))
                        .failed())
                .containsExactly(clause);
    }

    @Nested
    @Tag("full")
    class WholeContract {
        private static PlantedRuns<Flaw> runs;

        @BeforeAll
        static void runAll() {
            runs = PlantedRuns.start(Flaw.class, FLAW, () -> ContractRun.of(Reference.class));
        }

        @ParameterizedTest
        @EachFlaw
        void contract_flawFailsNoOtherClause(Flaw broken, String clauses) {
            Set<String> expected = Set.of(clauses.split(" "));
            ContractRun run = runs.of(broken, expected::equals);

            assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** Each flaw with the clauses that it breaks. */
    @Retention(RetentionPolicy.RUNTIME)
    @CsvSource({
        "PUT_DOES_NOT_WAIT, put_waitsWhileQueueIsFull put_interruptedAcceptsNothing close_releasesWaitingProducers "
                + "duplicate_ofAnUnacceptedFragmentIsAccepted metrics_measureWaitOfProducers "
                + "put_thatWaitsIsRefusedWhenNewSettingsAskForIt",
        "OFFER_IGNORES_HIGH_WATERMARK, offer_fromHighWatermarkOnIsRefused",
        "NO_ROOM_FOR_HIGHEST_PRIORITY, offer_roomAboveHighWatermarkIsForHighestPriorityAndPut",
        "IGNORES_PRIORITY, order_batchHasHigherPrioritiesFirst order_higherPrioritiesAreTakenFirst "
                + "key_orderHoldsAcrossPriorities",
        "IGNORES_KEYS, key_batchHasOneFragmentOfEach key_orderHoldsWithSeveralWorkersAndFailures "
                + "key_retryHoldsBackOnlyTheLaterFragmentsOfItsKey key_orderHoldsAcrossPriorities "
                + "key_orderHoldsWhenABatchIsIsolatedByHalving",
        "RETRY_RELEASES_ITS_KEY, "
                + "key_orderHoldsWithSeveralWorkersAndFailures key_retryHoldsBackOnlyTheLaterFragmentsOfItsKey",
        "DEAD_FRAGMENT_KEEPS_ITS_KEY, key_deadFragmentReleasesItsKey key_orderHoldsWhenABatchIsIsolatedByHalving",
        "URGENT_FRAGMENT_OVERTAKES_ITS_KEY, key_orderHoldsAcrossPriorities key_orderHoldsWithSeveralWorkersAndFailures",
        "STARVES, order_lowPrioritiesDoNotStarve",
        "LAST_IN_FIRST_OUT, deadline_passedWhileWaitingExpiresTheFragment "
                + "order_samePriorityIsFirstInFirstOut "
                + "key_retryHoldsBackOnlyTheLaterFragmentsOfItsKey putAll_keepsOrder put_waitsWhileQueueIsFull "
                + "retry_hasLowerPriority batch_costIsNotHigherThanAllowed linger_waitsUntilBatchIsFull "
                + "put_waitsWhileBytesAreFull",
        "RETRY_KEEPS_PRIORITY, retry_hasLowerPriority key_retryHoldsBackOnlyTheLaterFragmentsOfItsKey",
        "DEAD_LETTER_WITHOUT_ERROR, "
                + "deadLetter_hasFragmentAttemptsAndLastError process_exceptionAffectsOnlyBadFragment "
                + "deadLetter_isKeptWhenTheListenerReceivesIt",
        "FORGETS_DEAD_LETTERS, deadline_doesNotApplyToAReplayedFragment "
                + "deadLetter_isKeptWhenTheListenerReceivesIt "
                + "replay_processesTheFragmentsAgainAndRemovesTheirLetters replay_ofAClosedPipelineKeepsTheLetters "
                + "outcome_removesAFragmentFromTheJournal",
        "EXCEPTION_FAILS_WHOLE_BATCH, process_exceptionAffectsOnlyBadFragment process_badFragmentIsIsolatedByHalving "
                + "key_orderHoldsWhenABatchIsIsolatedByHalving",
        "ISOLATES_ONE_BY_ONE, process_badFragmentIsIsolatedByHalving",
        "RETRIES_FINAL_FAILURES, classifier_finalFailureIsNotRetried",
        "RETRIES_DEAD_LETTERS_OF_THE_PROCESSOR, mark_eachFragmentOfABatchHasAnOutcomeOfItsOwn",
        "UNCHANGED_IS_PROCESSED, mark_eachFragmentOfABatchHasAnOutcomeOfItsOwn",
        "UNCHANGED_HIDES_FAILURES, unchanged_doesNotHideAFailure",
        "LATE_SUCCESS_COUNTS, timeout_lateSuccessIsNoSecondOutcome",
        "LEVEL_REPORTED_TWICE, "
                + "onLevel_everyChangeIsReportedOnceInOrder onLevel_isNotReportedForEveryBatchOfAFullQueue",
        "LEVEL_FLUTTERS, onLevel_isNotReportedForEveryBatchOfAFullQueue",
        "LEVEL_IGNORES_SOJOURN, level_followsPredictedSojourn",
        "LEVEL_IGNORES_AGE, level_followsAgeOfTheOldest " + "offer_atCriticalLevelByTimeIsRefusedIfTheSettingsAskForIt",
        "LEVEL_HIDES_ITS_SIGNAL, level_followsPredictedSojourn level_followsAgeOfTheOldest level_raisedByFillReportsTheFillSignal",
        "ADMISSION_IGNORES_DEADLINES, "
                + "deadline_thatHasPassedIsRefused deadline_thatCannotBeMetIsRefusedWithThePredictedTime",
        "ADMISSION_PREDICTS_NOTHING, deadline_thatCannotBeMetIsRefusedWithThePredictedTime",
        "PROCESSES_EXPIRED, "
                + "deadline_passedWhileWaitingExpiresTheFragment deadline_passedForAWholeBatchExpiresEachFragment",
        "REPLAY_KEEPS_DEADLINES, deadline_doesNotApplyToAReplayedFragment",
        "NEVER_REFUSES_WHEN_CRITICAL, put_atCriticalLevelIsRefusedIfTheSettingsAskForIt "
                + "offer_atCriticalLevelByTimeIsRefusedIfTheSettingsAskForIt put_thatWaitsIsRefusedWhenNewSettingsAskForIt",
        "WAITS_ALTHOUGH_NEW_SETTINGS_REFUSE, put_thatWaitsIsRefusedWhenNewSettingsAskForIt",
        "KEEPS_DUPLICATES, duplicate_isDroppedAndCounted duplicate_hasTheOutcomeOfTheFirst "
                + "duplicate_ofAFailedFragmentIsAccepted duplicate_isRecognisedAmongTheLastFragmentsOnly",
        "DROPS_UPDATES, duplicate_withOtherContentIsAnUpdate",
        "DROPS_WHAT_FAILED, duplicate_ofAFailedFragmentIsAccepted",
        "DROPS_AFTER_THE_WINDOW, duplicate_afterTheWindowIsAccepted",
        "REMEMBERS_EVERYTHING, duplicate_isRecognisedAmongTheLastFragmentsOnly",
        "DROPS_DUPLICATES_OF_REFUSED, duplicate_ofAnUnacceptedFragmentIsAccepted",
        "LISTENER_UNDER_LOCK, listener_isCalledOutsideOfLocks",
        "NAMES_ARE_SHARED, open_nameInUseIsRefused",
        "STAGES_HOLD_UP_WORKERS, submit_dependentStageMayPutIntoTheFullQueue",
        "PAUSE_IS_IGNORED, pause_startsNoBatchUntilResume pause_letsTheRunningBatchEnd",
        "CLOSE_WAITS_FOR_RESUME, close_whilePausedProcessesWhatWaits",
        "DRAIN_DOES_NOT_WAIT, drain_waitsForEveryOutcome drain_returnsFalseWhenTimeRunsOut drain_endsWhenInterrupted "
                + "drain_ignoresFragmentsAcceptedLater submit_stageIsCompleteWhenDrained pause_startsNoBatchUntilResume "
                + "pause_letsTheRunningBatchEnd",
        "CLOSE_FORGETS_LEFTOVERS, close_makesDeadLettersOfTheRest close_doesNotWaitForProcessorThatIgnoresInterrupts "
                + "outcome_isOneWhenClosedMeanwhile close_leavesTheRestInTheJournal key_fragmentsHeldBackHaveAnOutcomeAfterClose",
        "CLOSE_LEAVES_PRODUCERS_BLOCKED, close_releasesWaitingProducers",
        "LEAVES_A_THREAD, close_leavesNoThread",
        "FORGETS_CLOSED_PIPELINES, metrics_countersCoverEveryPipelineOfTheName",
        "RECORDS_NO_TIMES, metrics_recordBatchTimeAndQueueWait metrics_countersCoverEveryPipelineOfTheName",
        "IGNORES_INSTANCE_SETTINGS, settings_ofNamedPipelineOverrideThoseOfTheComponent",
        "RECONFIGURES_WITHOUT_INSTANCE_SETTINGS, settings_ofNamedPipelineOverrideNewOnesToo",
    })
    @interface EachFlaw {}

    static class Reference extends IngestionPipelinesContract {
        private final Flaw flaw = FLAW.get();
        private final Set<PipelinesCapability> capabilities = PlantedRuns.declared(EnumSet.of(
                PipelinesCapability.EVERY_LEVEL,
                PipelinesCapability.LEVELS_BY_TIME,
                PipelinesCapability.DEADLINES,
                PipelinesCapability.DROPS_DUPLICATES,
                PipelinesCapability.ORDERS_KEYS,
                PipelinesCapability.REFUSES_WHEN_CRITICAL,
                PipelinesCapability.RECONFIGURES));

        @Override
        protected IngestionPipelinesFactory<?> factory() {
            return new ReferencePipelinesFactory(flaw);
        }

        @Override
        protected Record settings(PipelineShape shape) {
            return ReferenceSettings.of(shape);
        }

        @Override
        protected Set<PipelinesCapability> capabilities() {
            return capabilities;
        }
    }
}
