package dev.geotherm.diff;

/** Where a step of a path leads to in a branch. A register: it is filled again and again. */
final class Place {
    private static final Name NOWHERE = new Name("");
    private static final Object[] NOTHING = {};

    /** The index of an element, or of a member where it is kept. */
    int index;

    /** Where there are many members, the name and what keeps the value. */
    Name name = NOWHERE;

    Object[] slots = NOTHING;
}
