package dev.geotherm.engine;

import java.util.List;

/**
 * The result of a verification.
 *
 * @param documents the number of documents in the ledger
 * @param incomplete the number of documents with a missing chunk, because the chunk could not be ingested or an ingestion
 *     ended early; the next ingestion of the source completes them
 * @param passages the number of passages in the index
 * @param anchors the number of anchors of these passages
 * @param revision the revision of the state
 * @param revisions the number of replayed revisions
 * @param problems the inconsistencies in words; empty if there are none
 */
public record VerificationReport(
        long documents,
        long incomplete,
        long passages,
        long anchors,
        long revision,
        long revisions,
        List<String> problems) {

    /** Copies the list. */
    public VerificationReport {
        problems = List.copyOf(problems);
    }

    /** Returns whether no inconsistency was found. */
    public boolean isSound() {
        return problems.isEmpty();
    }
}
