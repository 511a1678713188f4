package dev.geotherm.testkit.batch;

import java.util.Set;

/** A flaw of a {@link ReferenceEvaluator}, with the clauses that find it. */
enum Flaw {
    FAILURES_GO_TO_THE_END("output_doesNotDependOnTheBatchSize"),
    ATTEMPTS_IN_A_BATCH_ARE_COUNTED(
            "failure_doesNotAffectTheOtherItemsOfTheBatch",
            "failure_ofOneItemEvaluatesOnlyThatItemAgain",
            "output_doesNotDependOnTheBatchSize",
            "failure_withoutRetriesDoesNotAffectTheOtherItemsEither"),
    MISSING_RESULTS_PASS("results_notOnePerItemEvaluateTheItemsOneByOne", "results_notOnePerItemAreAFailure"),
    ONE_FAILED_ITEM_FAILS_ITS_BATCH("failure_ofOneItemEvaluatesOnlyThatItemAgain"),
    KEPT_CHECKPOINT_IS_DELETED("resume_keptCheckpointEvaluatesNothingAgain"),
    FAILURES_END_AS_COMPLETED(
            "failure_byAnErrorFailsItsItem",
            "failure_doesNotAffectTheOtherItemsOfTheBatch",
            "results_notOnePerItemAreAFailure",
            "results_nullIsAFailure",
            "resume_keepsFailures",
            "listener_exceptionsChangeNothing"),
    LISTENER_STOPS_THE_JOB("listener_exceptionsChangeNothing"),
    SEQUENTIAL_TAKES_ALL_WORKERS("mode_sequentialUsesOneThreadInCorpusOrder"),
    LISTENER_HAS_TWO_CALLERS("listener_isCalledByOneThreadAtATime"),
    LISTENER_UNDER_THE_LOCK("listener_isCalledWithoutALock"),
    CORPUS_IS_NOT_CHECKED("resume_changedCorpusIsRefused"),
    JOB_IS_NOT_CHECKED("resume_anotherJobIdIsRefused"),
    INCOMPLETE_RECORD_IS_REFUSED(
            "checkpoint_truncatedAnywhereIsResumed",
            "checkpoint_truncatedLosesOnlyItsLastRecord",
            "checkpoint_writtenAfterATruncationIsResumed"),
    INCOMPLETE_RECORD_STAYS("checkpoint_writtenAfterATruncationIsResumed"),
    DAMAGE_ENDS_THE_CHECKPOINT("checkpoint_damagedBeforeItsLastRecordIsRefused"),
    CHECKPOINT_STAYS(
            "mode_parallelEvaluatesSeveralBatchesAtOnce",
            "start_afterCompletionEvaluatesAgainAndReplacesTheOutput",
            "resume_evaluatesOnlyWhatIsMissingInEveryMode",
            "resume_keptCheckpointEvaluatesNothingAgain",
            "checkpoint_isBesideTheOutputAndDeletedAtTheEnd",
            "output_hasOneLinePerItemInCorpusOrderInEveryMode",
            "output_ofALinkIsTheFileThatItLeadsTo"),
    DUPLICATE_IDS_PASS("start_duplicateIdIsRefused"),
    OUTPUT_IS_SHARED("output_ofALinkIsTheFileThatItLeadsTo", "start_outputOfARunningJobIsRefused"),
    OUTPUT_GROWS_IN_PLACE(
            "start_afterCompletionEvaluatesAgainAndReplacesTheOutput",
            "output_thatCannotBePutInPlaceFailsTheJobAndLosesNothing",
            "output_existingOneStaysWhenTheJobIsCancelled",
            "cancel_startsNoFurtherBatch",
            "outOfMemory_stopsTheJobAndLosesNothing",
            "output_appearsOnlyWhenItIsComplete"),
    PRIORITY_IS_IGNORED("mode_priorityTakesHigherPriorityThenShorterEstimateFirst"),
    /** Found by every clause that resumes a cancelled job. */
    CANCEL_IS_IGNORED(
            "resume_changedCorpusIsRefused",
            "checkpoint_truncatedAnywhereIsResumed",
            "checkpoint_damagedBeforeItsLastRecordIsRefused",
            "resume_worksManyTimes",
            "output_existingOneStaysWhenTheJobIsCancelled",
            "resume_anotherJobIdIsRefused",
            "cancel_startsNoFurtherBatch",
            "metrics_countWhatWasDone",
            "checkpoint_damageIsNeverTakenForAResult",
            "checkpoint_truncatedLosesOnlyItsLastRecord",
            "resume_evaluatesOnlyWhatIsMissingInEveryMode",
            "resume_acceptsChangedPrioritiesAndEstimates",
            "cancel_finishesAndKeepsTheRunningBatch",
            "resume_keepsFailures",
            "checkpoint_writtenAfterATruncationIsResumed"),
    CLOSE_DOES_NOT_WAIT("close_cancelsWaitsAndLeavesNoThread");

    final Set<String> clauses;

    Flaw(String... clauses) {
        this.clauses = Set.of(clauses);
    }
}
