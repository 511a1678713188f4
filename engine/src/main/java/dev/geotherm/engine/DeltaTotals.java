package dev.geotherm.engine;

/**
 * The totals of the delta log.
 *
 * @param revisions revisions after the first
 * @param changes changes in all of them
 * @param patchBytes bytes of their lines
 * @param fullStatesBytes bytes that whole states would take, one for each revision
 * @param stateBytes bytes of the last state
 */
public record DeltaTotals(long revisions, long changes, long patchBytes, long fullStatesBytes, long stateBytes) {

    static final DeltaTotals NONE = new DeltaTotals(0, 0, 0, 0, 0);
}
