package dev.geotherm.testkit.anchor;

import java.util.Set;

/** The faults of a {@link PlainStore}, each with the clauses that find it. */
enum StoreFault {
    NONE,
    THRESHOLD_IS_EXCLUDED("ingest_atThresholdReinforces", "ingest_equalEmbeddingsAlwaysShareAnAnchor"),
    COMPARES_EVERY_ANCHOR("ingest_doesNotCompareEveryAnchor"),
    KEEPS_THE_GIVEN_ARRAY("ingest_copiesTheEmbedding"),
    COUNTS_WHAT_IT_REFUSES("ingest_otherLengthIsRefused", "ingest_repeatedPassageChangesNothing"),
    REPEATED_PASSAGES_ARE_NEW("ingest_repeatedPassageChangesNothing"),
    LEADERS_ARE_IN_THE_ORDER_OF_ARRIVAL(
            "set_anyOrderGivesTheSameAnchors",
            "set_anySequenceGivesTheAnchorsOfWhatRemains",
            "set_manyPassagesAreNoException",
            "set_anyInterleavingOfThreadsGivesTheSameAnchors",
            "restore_equalsIngestAlsoLater"),
    REASSIGNED_PASSAGES_ARE_NOT_REPORTED(
            "set_anySequenceGivesTheAnchorsOfWhatRemains",
            "set_manyPassagesAreNoException",
            "remove_reportsThePassagesOfAnEndedAnchor",
            "maxAnchors_evictsTheColdestAndOldestFirst"),
    RESTORED_PASSAGES_ARE_YOUNG("restore_equalsIngestAlsoLater"),
    HEAT_IS_UNBOUNDED("reinforce_raisesHeatByAStepUpToOne"),
    DRIFT_IS_THE_COSINE("reinforce_driftIsTheDistanceFromTheLeader"),
    SIMILARITY_IS_TO_THE_MEAN("provenance_similarityIsThatToTheLeader"),
    UTTERANCES_ARE_ALL_KEPT("provenance_keepsFirstUtterancesAndLastReinforcements"),
    TEXTS_ARE_KEPT_AS_THEY_COME("ingest_scrubsTheText"),
    OFFSETS_ARE_THOSE_OF_THE_SCRUBBED_TEXT("scrub_replacementsHaveTheirPlaces"),
    ZEROS_ARE_NEAR("nearest_nothingIsNearAllZeros"),
    TIES_ARE_REVERSED("nearest_tiesAreOrderedById", "clusters_tiesAreOrderedByFirstId"),
    REMOVALS_ARE_NO_CHANGES("changedSince_addedChangedAndRemoved"),
    DECAYS_TO_NOW_ONLY("decay_ofATimeShowsTheHeatOfThen"),
    DECAY_IS_NOT_SHOWN(
            "decay_ofATimeShowsTheHeatOfThen", "decay_isShownByTheNextCommit", "commit_deltasReplayToTheState"),
    AGE_IS_THAT_OF_THE_LAST_SEEN("evict_removesTheOld"),
    EVICTED_STAY_OUT_OF_THE_POOL("evict_releasesToThePool"),
    EVICTED_PASSAGES_ARE_NOT_REPORTED("evict_forgetsThePassages"),
    HISTORY_OUTLIVES_EVICTION("evict_nextLifeStartsClean"),
    NEW_ANCHORS_ARE_EVICTED("maxAnchors_newAnchorStays"),
    CLUSTERS_OUTLIVE_A_DECAY("clusters_followReinforcementAndDecay"),
    GROUPS_ARE_DIRECT_ONLY("clusters_joinDirectlyAndThroughOthers"),
    COMMIT_REPLACES_ALL("commit_writesOnlyChangedMembers"),
    UPDATES_ARE_LOST_BETWEEN_THREADS("ingest_manyThreadsLoseNothing", "ingest_repeatedPassageChangesNothing"),
    CLOSE_KEEPS_ANCHORS("close_releasesAnchorsAndClosesPoolAndState"),
    DECAYS_WHEN_CLOSED("close_laterChangesAreRefused");

    final Set<String> clauses;

    StoreFault(String... clauses) {
        this.clauses = Set.of(clauses);
    }
}
