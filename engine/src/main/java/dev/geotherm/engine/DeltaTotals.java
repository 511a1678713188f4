package dev.geotherm.engine;

/**
 * The totals of the delta log.
 *
 * @param revisions the number of revisions after the first
 * @param changes the number of changes in all revisions
 * @param patchBytes the number of bytes of their lines
 * @param fullStatesBytes the number of bytes that whole states, one per revision, would take
 * @param stateBytes the number of bytes of the last state
 */
public record DeltaTotals(long revisions, long changes, long patchBytes, long fullStatesBytes, long stateBytes) {

    static final DeltaTotals NONE = new DeltaTotals(0, 0, 0, 0, 0);
}
