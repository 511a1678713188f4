package dev.geotherm.testkit.anchor;

import java.util.Set;

/** The faults of a {@link PlainRetriever}, each with the clauses that find it. */
enum RetrieverFault {
    NONE,
    VISIBLE_AT_ONCE("refresh_makesPassagesVisible", "refresh_hidesRemovedPassages", "metrics_countPassagesAndSearches"),
    VISIBLE_ONE_BY_ONE("refresh_isAtomicForConcurrentSearches"),
    FIRST_OF_AN_ID_STAYS(
            "index_replacesThePassageOfTheSameId",
            "index_lastOfTheSameIdInABatchWins",
            "search_isIndependentOfOrderAndBatches"),
    REFUSES_THE_REST_ONLY("index_invalidEmbeddingRefusesTheWholeBatch"),
    STATISTICS_COUNT_WHAT_IS_GONE("search_isIndependentOfOrderAndBatches"),
    CACHE_OF_VECTORS_OUTLIVES_A_REFRESH("refresh_isSeenByRepeatedQueries"),
    CACHE_IGNORES_THE_VECTOR("search_differentQueriesAreNotConfused"),
    TIES_ARE_BACKWARDS("lexical_tiesAreOrderedById", "similarity_tiesAreOrderedById"),
    TITLES_ARE_IGNORED("lexical_searchesTitles"),
    TEXT_IS_SYNTAX("lexical_textHasNoSyntax"),
    TEXTS_ARE_CUT("lexical_longTextsAreNotCut"),
    DOT_IS_NO_COSINE("similarity_ranksByCosine", "similarity_isExact"),
    ZEROS_ARE_FOUND("similarity_omitsPassagesWithoutVector"),
    ANY_LENGTH_IS_COMPARED("similarity_otherLengthIsRefused"),
    BOTH_MUST_FIND("fused_usesBothRankings", "fused_oneRankingSuffices"),
    TIMES_ARE_IN_MILLISECONDS("newest_newestFirst"),
    FIRST_OF_AN_ANCHOR_DECIDES("near_ranksByTheMeanOfTheAnchorsPassages"),
    DOCUMENTS_ARE_IN_THE_ORDER_OF_IDS("ofDocument_isInDocumentOrder"),
    DOCUMENTS_ARE_PREFIXES("ofDocument_unknownDocumentFindsNothing"),
    LIMIT_OVERFLOWS("search_anyLimitIsAccepted"),
    CUTS_BEFORE_COLLAPSING("search_collapsedLimitIsOneOfDocuments"),
    DOCUMENTS_REPEAT("search_collapsedHasTheBestPassageOfEachDocument", "search_collapsedLimitIsOneOfDocuments"),
    ANSWERS_ARE_BACKWARDS("searchAll_equalsSearchOfEach"),
    ANCHORS_ARE_LOST("search_hitsHaveTheirOrigin"),
    BATCHES_COUNT_AS_SEARCHES("metrics_countPassagesAndSearches"),
    SEARCHES_WHEN_CLOSED("close_laterCallsAreRefused");

    final Set<String> clauses;

    RetrieverFault(String... clauses) {
        this.clauses = Set.of(clauses);
    }
}
