package dev.geotherm.testkit.anchor;

import java.util.Set;

/** What can be wrong with a {@link PlainRetriever}, and the clauses that say so. */
enum RetrieverFault {
    NONE,
    VISIBLE_AT_ONCE(
            "passagesAreFoundAfterARefreshOnly",
            "removedPassagesAreGoneAfterARefresh",
            "metricsCountPassagesAndSearches"),
    VISIBLE_ONE_BY_ONE("searchesSeeWholeRefreshes"),
    FIRST_OF_AN_ID_STAYS(
            "aPassageReplacesTheOneOfItsId", "theLastOfAnIdInABatchCounts", "theOrderAndTheBatchesDoNotMatter"),
    REFUSES_THE_REST_ONLY("embeddingsOfDifferentLengthAreRefusedAsAWhole"),
    STATISTICS_COUNT_WHAT_IS_GONE("theOrderAndTheBatchesDoNotMatter"),
    CACHE_OF_VECTORS_OUTLIVES_A_REFRESH("aRefreshIsSeenByQueriesThatWereAskedBefore"),
    CACHE_IGNORES_THE_VECTOR("queriesThatDifferInOneThingAreDifferent"),
    TIES_ARE_BACKWARDS("equalScoresAreOrderedById", "equalCosinesAreOrderedById"),
    TITLES_ARE_IGNORED("titlesCount"),
    TEXT_IS_SYNTAX("aTextIsNoSyntax"),
    TEXTS_ARE_CUT("longTextsAreTakenWhole"),
    DOT_IS_NO_COSINE("theCosineDecides", "everyPassageIsCompared"),
    ZEROS_ARE_FOUND("whatHasNoVectorIsNotFoundByOne"),
    ANY_LENGTH_IS_COMPARED("aVectorOfAnotherLengthIsRefused"),
    BOTH_MUST_FIND("bothRankingsCount", "oneRankingAloneSuffices"),
    TIMES_ARE_IN_MILLISECONDS("theNewestAreFirst"),
    FIRST_OF_AN_ANCHOR_DECIDES("theMeanOfTheAnchorsPassagesDecides"),
    DOCUMENTS_ARE_IN_THE_ORDER_OF_IDS("aDocumentsPassagesAreInItsOrder"),
    DOCUMENTS_ARE_PREFIXES("anUnknownDocumentHasNoPassages"),
    LIMIT_OVERFLOWS("anyLimitIsFine"),
    ANSWERS_ARE_BACKWARDS("searchingForAllIsSearchingForEach"),
    ANCHORS_ARE_LOST("hitsSayWhereTheyAreFrom"),
    BATCHES_COUNT_AS_SEARCHES("metricsCountPassagesAndSearches"),
    SEARCHES_WHEN_CLOSED("aClosedRetrieverRefuses");

    final Set<String> clauses;

    RetrieverFault(String... clauses) {
        this.clauses = Set.of(clauses);
    }
}
