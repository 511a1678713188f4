package dev.geotherm.testkit.anchor;

import java.util.Set;

/** The faults of {@link PlainIndexes}, each with the clauses that find it. */
enum IndexFault {
    NONE,
    VISIBLE_AT_ONCE(
            "refresh_makesPassagesVisible",
            "refresh_hidesRemovedPassages",
            "metrics_countPassagesAndSearches",
            "find_seesTheLastRefresh",
            "near_followsAssignedAnchors",
            "commit_doesNotMakeVisible"),
    VISIBLE_ONE_BY_ONE("refresh_isAtomicForConcurrentSearches"),
    FIRST_OF_AN_ID_STAYS(
            "index_replacesThePassageOfTheSameId",
            "index_lastOfTheSameIdInABatchWins",
            "search_isIndependentOfOrderAndBatches",
            "find_seesTheLastRefresh",
            "forEach_visitsEveryPassageOnce",
            "assign_ofAPendingPassageTakesEffect",
            "expunge_leavesNothingOfRemovedPassagesInTheFiles"),
    REFUSES_THE_REST_ONLY("index_invalidEmbeddingRefusesTheWholeBatch"),
    STATISTICS_COUNT_WHAT_IS_GONE("search_isIndependentOfOrderAndBatches", "commit_isWhatReopeningFinds"),
    CACHE_OF_VECTORS_OUTLIVES_A_REFRESH("refresh_isSeenByRepeatedQueries"),
    CACHE_IGNORES_THE_VECTOR("search_differentQueriesAreNotConfused"),
    TIES_ARE_BACKWARDS(
            "lexical_tiesAreOrderedById",
            "similarity_tiesAreOrderedById",
            "near_followsAssignedAnchors",
            "composite_olderPassagesCountLess"),
    TITLES_ARE_IGNORED("lexical_searchesTitles"),
    TEXT_IS_SYNTAX("lexical_textHasNoSyntax"),
    TEXTS_ARE_CUT("lexical_longTextsAreNotCut"),
    DOT_IS_NO_COSINE("similarity_ranksByCosine", "similarity_isExact", "composite_addsEveryMode"),
    ZEROS_ARE_FOUND("similarity_omitsPassagesWithoutVector"),
    ANY_LENGTH_IS_COMPARED("similarity_otherLengthIsRefused"),
    BOTH_MUST_FIND("fused_usesBothRankings", "fused_oneRankingSuffices", "fused_weightsOfTheQueryDecide"),
    WEIGHTS_OF_A_QUERY_ARE_IGNORED(
            "fused_weightsOfTheQueryDecide",
            "weighted_isTheSumOfScoresDividedByTheBest",
            "weighted_modeWithoutWeightTakesNoPart",
            "composite_addsEveryMode",
            "composite_olderPassagesCountLess",
            "explain_timeOfACompositeIsAFactorWithoutARank"),
    SCORES_ARE_NOT_NORMALISED(
            "weighted_isTheSumOfScoresDividedByTheBest", "composite_addsEveryMode", "composite_olderPassagesCountLess"),
    TIME_FINDS("composite_timeFindsNothingByItself", "composite_addsEveryMode"),
    RANKS_COUNT_FROM_ZERO("explain_hasTheRankInEachPart", "explain_timeOfACompositeIsAFactorWithoutARank"),
    CONTRIBUTIONS_ARE_NOT_WEIGHTED(
            "explain_contributionsSumUpToTheScore", "explain_timeOfACompositeIsAFactorWithoutARank"),
    TERMS_ARE_THOSE_OF_THE_QUERY("explain_hasTheWordsThatMatch"),
    TIMES_ARE_IN_MILLISECONDS("newest_newestFirst", "filter_timesAreExact"),
    FIRST_OF_AN_ANCHOR_DECIDES("near_ranksByTheMeanOfTheAnchorsPassages"),
    DOCUMENTS_ARE_IN_THE_ORDER_OF_IDS("ofDocument_isInDocumentOrder"),
    DOCUMENTS_ARE_PREFIXES("ofDocument_unknownDocumentFindsNothing"),
    LIMIT_OVERFLOWS("search_anyLimitIsAccepted"),
    CUTS_BEFORE_COLLAPSING("search_collapsedLimitIsOneOfDocuments"),
    DOCUMENTS_REPEAT(
            "search_collapsedHasTheBestPassageOfEachDocument",
            "search_collapsedLimitIsOneOfDocuments",
            "filter_ofACollapsedQueryHoldsForPassages"),
    ANSWERS_ARE_BACKWARDS("searchAll_equalsSearchOfEach", "rankAll_hasIdsAndScoresOfTheHits"),
    RANKS_DOCUMENTS_ALWAYS("rankAll_hasIdsAndScoresOfTheHits"),
    ANCHORS_ARE_LOST("search_hitsHaveTheirOrigin", "near_followsAssignedAnchors"),
    BATCHES_COUNT_AS_SEARCHES("metrics_countPassagesAndSearches"),
    SEARCHES_WHEN_CLOSED("close_laterCallsAreRefused", "close_ofTheComponentClosesItsIndexes"),
    FILTERS_AFTER_THE_LIMIT(
            "filter_byDocument", "filter_bySource", "filter_byTimeExcludesTheEnd", "filter_allConditionsMustHold"),
    ENDS_ARE_INCLUDED("filter_byTimeExcludesTheEnd"),
    ONE_CONDITION_SUFFICES(
            "filter_byDocument",
            "filter_bySource",
            "filter_allConditionsMustHold",
            "filter_ofACollapsedQueryHoldsForPassages",
            "composite_ageIsThatOfTheIndexAndNotOfTheFilter"),
    NAMES_ARE_SHARED("open_nameInUseIsRefused", "metrics_nameEveryIndex"),
    ASSIGNMENTS_ARE_LOST(
            "near_followsAssignedAnchors",
            "find_seesAssignedAnchors",
            "assign_ofAPendingPassageTakesEffect",
            "commit_isWhatReopeningFinds",
            "expunge_leavesNothingOfEarlierAnchorsInTheFiles"),
    HASHES_ARE_LOST("find_returnsEveryComponentOfAPassage"),
    EMBEDDINGS_STAY_AS_THEY_WERE("find_returnsEveryComponentOfAPassage", "find_allZeroEmbeddingIsNone"),
    FINDS_IN_THE_ORDER_OF_IDS("find_isInTheOrderOfTheIdsWithoutUnknownOnes"),
    FINDS_WHAT_IS_PENDING("find_seesTheLastRefresh"),
    VISITS_ONE_TWICE("forEach_visitsEveryPassageOnce"),
    VISITORS_MAY_FAIL("forEach_failureOfTheVisitorReachesTheCaller"),
    COMMITS_ARE_VISIBLE("commit_doesNotMakeVisible"),
    MARKERS_ARE_LOST(
            "commit_isWhatReopeningFinds",
            "commit_withoutWritesSetsTheMarker",
            "commit_survivesACrashAtAnyMoment",
            "close_discardsWhatIsNotCommitted",
            "expunge_leavesNothingOfRemovedPassagesInTheFiles"),
    COMMITS_WITHOUT_WRITES_ARE_SKIPPED("commit_withoutWritesSetsTheMarker"),
    COMMITS_ARE_WRITTEN_ON_CLOSE(
            "commit_survivesACrashAtAnyMoment",
            "expunge_leavesNothingOfRemovedPassagesInTheFiles",
            "expunge_leavesNothingOfEarlierAnchorsInTheFiles"),
    CLOSE_COMMITS("close_discardsWhatIsNotCommitted"),
    DIMENSIONS_ARE_FORGOTTEN("commit_isWhatReopeningFinds"),
    FOLDERS_ARE_SHARED("open_folderInUseIsRefused"),
    FOREIGN_FILES_ARE_IGNORED("open_foreignFolderIsRefused", "open_failureLeavesTheNameFree"),
    DAMAGE_IS_IGNORED("verify_everyDamagedOrMissingFileIsNamed"),
    REMOVED_PASSAGES_STAY_IN_FILES(
            "expunge_leavesNothingOfRemovedPassagesInTheFiles", "expunge_leavesNothingOfEarlierAnchorsInTheFiles");

    final Set<String> clauses;

    IndexFault(String... clauses) {
        this.clauses = Set.of(clauses);
    }
}
