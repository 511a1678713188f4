package dev.geotherm.testkit.batch;

import java.util.Set;

/** What can be wrong with a {@link PlainEvaluator}, and the clauses that say so. */
enum Flaw {
    FAILURES_GO_TO_THE_END("theSizeOfBatchesDoesNotShowInTheOutput"),
    TRIES_IN_A_BATCH_ARE_COUNTED(
            "anItemThatFailsDoesNotHarmTheOthersOfItsBatch",
            "theSizeOfBatchesDoesNotShowInTheOutput",
            "withoutRetriesTheOthersAreNotHarmedEither"),
    MISSING_RESULTS_PASS("aBatchWithAnotherNumberOfResultsIsTriedOneByOne", "anotherNumberOfResultsIsAFailure"),
    FAILURES_END_AS_COMPLETED(
            "anErrorIsAFailureOfItsItem",
            "anItemThatFailsDoesNotHarmTheOthersOfItsBatch",
            "anotherNumberOfResultsIsAFailure",
            "nullIsAFailure",
            "whatHasFailedStaysSo",
            "whatTheListenerThrowsChangesNothing"),
    LISTENER_STOPS_THE_JOB("whatTheListenerThrowsChangesNothing"),
    SEQUENTIAL_TAKES_ALL_WORKERS("sequentialModeUsesOneThreadInTheCorpusOrder"),
    LISTENER_HAS_TWO_CALLERS("theListenerIsCalledByOneThreadAtATime"),
    LISTENER_UNDER_THE_LOCK("theListenerIsCalledOutsideOfLocks"),
    CORPUS_IS_NOT_CHECKED("aChangedCorpusIsRefused"),
    JOB_IS_NOT_CHECKED("anotherJobIdIsRefused"),
    TORN_RECORD_IS_REFUSED(
            "aCheckpointThatWasCutShortAnywhereIsResumed",
            "ofACheckpointThatWasCutShortOnlyTheLastRecordIsDropped",
            "whatIsWrittenAfterACutIsResumedToo"),
    TORN_RECORD_STAYS("whatIsWrittenAfterACutIsResumedToo"),
    DAMAGE_ENDS_THE_CHECKPOINT("aCheckpointThatWasDamagedBeforeItsLastRecordIsRefused"),
    CHECKPOINT_STAYS(
            "aJobThatCompletedEvaluatesAgainAndReplacesItsOutput",
            "onlyWhatIsMissingIsEvaluatedInEveryMode",
            "theCheckpointLiesBesideTheOutputAndIsRemovedAtTheEnd",
            "theOutputHasALineForEachItemInTheCorpusOrderInEveryMode"),
    DUPLICATE_IDS_PASS("anIdThatIsThereTwiceIsRefused"),
    OUTPUT_IS_SHARED("theSameOutputIsRefusedWhileAJobWritesIt"),
    OUTPUT_GROWS_IN_PLACE(
            "aJobThatCompletedEvaluatesAgainAndReplacesItsOutput",
            "anOutputThatCannotBePutInPlaceFailsTheJobAndLosesNothing",
            "anOutputThatWasThereStaysWhenTheJobIsCancelled",
            "cancellingBeginsNoOtherBatch",
            "runningOutOfMemoryStopsTheJobAndLosesNothing",
            "theOutputAppearsOnlyWhenItIsComplete"),
    PRIORITY_IS_IGNORED("priorityModeTakesTheHigherFirstAndOfTheseTheShorter"),
    /** Every clause that goes on from a stopped job notices. */
    CANCEL_IS_IGNORED(
            "aChangedCorpusIsRefused",
            "aCheckpointThatWasCutShortAnywhereIsResumed",
            "aCheckpointThatWasDamagedBeforeItsLastRecordIsRefused",
            "aJobCanBeStoppedAndResumedManyTimes",
            "anOutputThatWasThereStaysWhenTheJobIsCancelled",
            "anotherJobIdIsRefused",
            "cancellingBeginsNoOtherBatch",
            "metricsTellWhatWasDone",
            "noDamageIsTakenForAResult",
            "ofACheckpointThatWasCutShortOnlyTheLastRecordIsDropped",
            "onlyWhatIsMissingIsEvaluatedInEveryMode",
            "prioritiesAndEstimatesMayChange",
            "theBatchThatRunsIsFinishedAndKept",
            "whatHasFailedStaysSo",
            "whatIsWrittenAfterACutIsResumedToo"),
    CLOSING_DOES_NOT_WAIT("closingCancelsWaitsAndLeavesNoThread");

    final Set<String> clauses;

    Flaw(String... clauses) {
        this.clauses = Set.of(clauses);
    }
}
