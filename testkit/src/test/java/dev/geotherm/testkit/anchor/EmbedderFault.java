package dev.geotherm.testkit.anchor;

import java.util.Set;

/** What can be wrong with a {@link PlainEmbedder}, and the clauses that say so. */
enum EmbedderFault {
    NONE,
    VECTORS_KEEP_THEIR_LENGTH("vectorsHaveLengthOne", "anyTextHasFiniteNumbers"),
    DIVIDES_BY_ZERO("anEmptyTextIsAllZeros", "anyTextHasFiniteNumbers", "whatWasInARowIsOverwritten"),
    BATCHES_ROUND_DIFFERENTLY("theBatchDoesNotMatter"),
    EACH_INSTANCE_HASHES_ITS_OWN_WAY("theInstanceDoesNotMatter"),
    THREADS_SHARE_AN_ARRAY("theThreadDoesNotMatter"),
    ADDS_TO_WHAT_IS_THERE("whatWasInARowIsOverwritten"),
    FURTHER_ROWS_ARE_CLEARED("furtherRowsAreLeftAlone", "noTextsWriteNothing"),
    CHECKS_ROWS_AS_IT_GOES(
            "aMissingRowIsRefusedAndNothingIsWritten", "aRowOfAnotherLengthIsRefusedAndNothingIsWritten"),
    BATCHES_COUNT_AS_TEXTS("metricsCountTextsAndCharacters"),
    EMBEDS_WHEN_CLOSED("aClosedEmbedderRefuses"),
    CLOSES_ONCE("closingTwiceIsFine", "aClosedEmbedderRefuses");

    final Set<String> clauses;

    EmbedderFault(String... clauses) {
        this.clauses = Set.of(clauses);
    }
}
