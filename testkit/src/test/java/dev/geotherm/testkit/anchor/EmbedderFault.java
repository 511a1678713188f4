package dev.geotherm.testkit.anchor;

import java.util.Set;

/** The faults of a {@link PlainEmbedder}, each with the clauses that find it. */
enum EmbedderFault {
    NONE,
    VECTORS_KEEP_THEIR_LENGTH("embed_vectorsHaveLengthOne", "embed_anyTextHasFiniteNumbers"),
    DIVIDES_BY_ZERO("embed_emptyTextIsAllZeros", "embed_anyTextHasFiniteNumbers", "embed_overwritesRows"),
    COUNTS_THE_TOKENS_OF_A_BEGINNING("tokenStarts_areInOrderWithinTheText"),
    BATCHES_ROUND_DIFFERENTLY("embed_isIndependentOfTheBatch"),
    EACH_INSTANCE_HASHES_ITS_OWN_WAY("embed_isIndependentOfTheInstance"),
    THREADS_SHARE_AN_ARRAY("embed_isIndependentOfTheThread"),
    ADDS_TO_WHAT_IS_THERE("embed_overwritesRows"),
    FURTHER_ROWS_ARE_CLEARED("embed_leavesFurtherRowsUnchanged", "embed_noTextsWriteNothing"),
    CHECKS_ROWS_AS_IT_GOES("embed_missingRowIsRefused", "embed_rowOfOtherLengthIsRefused"),
    EACH_INSTANCE_HAS_ITS_OWN_FINGERPRINT("fingerprint_isThatOfAnEmbedderWithEqualVectors"),
    BATCHES_COUNT_AS_TEXTS("metrics_countTextsAndCharacters"),
    EMBEDS_WHEN_CLOSED("close_laterCallsAreRefused"),
    CLOSES_ONCE("close_isIdempotent", "close_laterCallsAreRefused");

    final Set<String> clauses;

    EmbedderFault(String... clauses) {
        this.clauses = Set.of(clauses);
    }
}
