package dev.geotherm.testkit.diff;

import java.util.List;

/**
 * The shape of the deltas that a clause needs.
 *
 * @param moves whether a change of an array element's position becomes a move
 * @param spliceFrom the length in UTF-16 units from which a text is spliced if the splice is smaller; 0 means never
 * @param reversible whether changes record old values
 * @param numbersByValue whether numbers with equal values but different representations are equal
 * @param identityKeys rules {@code pattern=member}, each with the member that identifies the elements of arrays at matching
 *     paths
 */
public record DeltaShape(
        boolean moves, int spliceFrom, boolean reversible, boolean numbersByValue, List<String> identityKeys) {

    /** Copies the list. */
    public DeltaShape {
        identityKeys = List.copyOf(identityKeys);
    }

    /**
     * Returns the shape that most clauses use: with moves and old values, long texts spliced, numbers compared by
     * representation.
     */
    public static DeltaShape usual() {
        return new DeltaShape(true, 100, true, false, List.of());
    }

    DeltaShape withoutMoves() {
        return new DeltaShape(false, spliceFrom, reversible, numbersByValue, identityKeys);
    }

    DeltaShape splicingFrom(int length) {
        return new DeltaShape(moves, length, reversible, numbersByValue, identityKeys);
    }

    DeltaShape irreversible() {
        return new DeltaShape(moves, spliceFrom, false, numbersByValue, identityKeys);
    }

    DeltaShape byValue() {
        return new DeltaShape(moves, spliceFrom, reversible, true, identityKeys);
    }

    DeltaShape withKeys(String... rules) {
        return new DeltaShape(moves, spliceFrom, reversible, numbersByValue, List.of(rules));
    }
}
