package dev.geotherm.engine;

import java.util.List;

/**
 * The result of a verification.
 *
 * @param documents documents in the ledger
 * @param incomplete the documents of which a chunk is missing, because it could not be ingested or an ingestion ended early;
 *     the next ingestion of their source completes them
 * @param passages passages in the index
 * @param anchors anchors of these passages
 * @param revision the revision of the state
 * @param revisions revisions that were replayed
 * @param problems what does not agree, in words; empty if everything does
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

    /** Returns whether everything agrees. */
    public boolean isSound() {
        return problems.isEmpty();
    }
}
