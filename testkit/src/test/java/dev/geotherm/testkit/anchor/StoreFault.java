package dev.geotherm.testkit.anchor;

import java.util.Set;

/** What can be wrong with a {@link PlainStore}, and the clauses that say so. */
enum StoreFault {
    NONE,
    THRESHOLD_IS_EXCLUDED("aFragmentAtTheThresholdReinforces", "anEqualEmbeddingIsAlwaysFound"),
    LOOKS_AT_EVERY_ANCHOR("theNearestIsFoundWithoutLookingAtEveryAnchor"),
    KEEPS_THE_GIVEN_ARRAY("embeddingsAreCopied"),
    COUNTS_WHAT_IT_REFUSES("anEmbeddingOfAnotherLengthIsRefused"),
    HEAT_IS_UNBOUNDED("heatRisesByAStepUpToOne"),
    DRIFT_IS_OF_THE_LAST_STEP("driftIsTheDistanceFromTheBeginning"),
    INDEX_STAYS_BEHIND("anAnchorIsFoundWhereItHasMovedTo"),
    SIMILARITY_IS_AFTER_THE_MOVE("theSimilarityIsThatBeforeTheMove"),
    UTTERANCES_ARE_ALL_KEPT("theFirstUtterancesAndTheLastReinforcementsAreKept"),
    TEXTS_ARE_KEPT_AS_THEY_COME("keptTextsAreScrubbed"),
    ZEROS_ARE_NEAR("nothingIsNearToAllZeros"),
    TIES_ARE_IN_THE_ORDER_OF_CREATION(
            "equallySimilarAnchorsAreInTheOrderOfIds", "equallyLargeGroupsAreInTheOrderOfTheirFirstIds"),
    EVICTIONS_ARE_NO_CHANGES("whatWasCreatedReinforcedOrEvictedLaterIsChanged"),
    FLOOR_IS_ONE_OF_THE_HEAT("aDecayLeavesAtLeastTheFloorsPartOfTheHeat", "heatFallsBelowTheFloor"),
    DECAYS_FROM_THE_BEGINNING("heatFallsAnewFromWhereItWasLowered", "heatFallsBelowTheFloor"),
    AGE_IS_THAT_OF_THE_LAST_SEEN("theOldAreEvicted"),
    EVICTED_STAY_OUT_OF_THE_POOL("theEvictedGoBackToThePool"),
    HISTORY_OUTLIVES_EVICTION("nothingOfAFormerLifeIsLeft"),
    GROUPS_ARE_DIRECT_ONLY("anchorsAreGroupedDirectlyOrThroughOthers"),
    COMMIT_REPLACES_ALL("aCommitTouchesOnlyWhatChanged"),
    UPDATES_ARE_LOST_BETWEEN_THREADS("manyThreadsLoseNothing"),
    CLOSE_KEEPS_ANCHORS("closingReturnsEveryAnchorAndClosesPoolAndState"),
    DECAYS_WHEN_CLOSED("aClosedStoreRefuses");

    final Set<String> clauses;

    StoreFault(String... clauses) {
        this.clauses = Set.of(clauses);
    }
}
