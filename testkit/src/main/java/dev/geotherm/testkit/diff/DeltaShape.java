package dev.geotherm.testkit.diff;

import java.util.List;

/**
 * What a clause wants deltas to be made of.
 *
 * @param moves whether an element that goes from one index of an array to another moves
 * @param spliceFrom how long a text must be for a piece of it to be changed where that is smaller, in UTF-16 units; 0 for
 *     never
 * @param reversible whether changes carry the values that go
 * @param numbersByValue whether numbers that are written differently are the same
 * @param identityKeys {@code pattern=member}: by which member the elements of the arrays at the paths that match are told
 *     apart
 */
public record DeltaShape(
        boolean moves, int spliceFrom, boolean reversible, boolean numbersByValue, List<String> identityKeys) {

    /** Copies the list. */
    public DeltaShape {
        identityKeys = List.copyOf(identityKeys);
    }

    /** Returns what most clauses want: moves and what goes, long texts spliced, numbers as they are written. */
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
