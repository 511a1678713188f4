package dev.geotherm.testkit.anchor;

import java.util.Set;

/** The faults of a {@link PlainStore}, each with the clauses that find it. */
enum StoreFault {
    NONE,
    THRESHOLD_IS_EXCLUDED("ingest_atThresholdReinforces", "ingest_equalEmbeddingAlwaysReinforces"),
    COMPARES_EVERY_ANCHOR("ingest_doesNotCompareEveryAnchor"),
    KEEPS_THE_GIVEN_ARRAY("ingest_copiesTheEmbedding"),
    COUNTS_WHAT_IT_REFUSES("ingest_otherLengthIsRefused"),
    HEAT_IS_UNBOUNDED("reinforce_raisesHeatByAStepUpToOne"),
    DRIFT_IS_OF_THE_LAST_STEP("reinforce_driftIsTheDistanceFromTheFirstEmbedding"),
    INDEX_STAYS_BEHIND("reinforce_movedAnchorIsFound"),
    SIMILARITY_IS_AFTER_THE_MOVE("provenance_similarityIsThatBeforeTheMove"),
    UTTERANCES_ARE_ALL_KEPT("provenance_keepsFirstUtterancesAndLastReinforcements"),
    TEXTS_ARE_KEPT_AS_THEY_COME("ingest_scrubsTheText"),
    OFFSETS_ARE_THOSE_OF_THE_SCRUBBED_TEXT("scrub_replacementsHaveTheirPlaces"),
    ZEROS_ARE_NEAR("nearest_nothingIsNearAllZeros"),
    TIES_ARE_IN_THE_ORDER_OF_CREATION("nearest_tiesAreOrderedById", "clusters_tiesAreOrderedByFirstId"),
    EVICTIONS_ARE_NO_CHANGES("changedSince_createdReinforcedAndEvicted"),
    FLOOR_IS_ONE_OF_THE_HEAT("decay_keepsAtLeastTheFloorOfTheHeat", "decay_repeatedlyFallsBelowTheFloor"),
    DECAYS_FROM_THE_BEGINNING("decay_continuesFromTheLastDecay", "decay_repeatedlyFallsBelowTheFloor"),
    AGE_IS_THAT_OF_THE_LAST_SEEN("evict_removesTheOld"),
    EVICTED_STAY_OUT_OF_THE_POOL("evict_releasesToThePool"),
    HISTORY_OUTLIVES_EVICTION("evict_nextLifeStartsClean"),
    CLUSTERS_OUTLIVE_A_DECAY("clusters_followReinforcementAndDecay"),
    GROUPS_ARE_DIRECT_ONLY("clusters_joinDirectlyAndThroughOthers"),
    COMMIT_REPLACES_ALL("commit_writesOnlyChangedMembers"),
    UPDATES_ARE_LOST_BETWEEN_THREADS("ingest_manyThreadsLoseNothing"),
    CLOSE_KEEPS_ANCHORS("close_releasesAnchorsAndClosesPoolAndState"),
    DECAYS_WHEN_CLOSED("close_laterChangesAreRefused");

    final Set<String> clauses;

    StoreFault(String... clauses) {
        this.clauses = Set.of(clauses);
    }
}
